//! What nothing selected needs is taken out, and what stays is numbered anew.

use super::walk;
use crate::ir::{Api, TypeId};
use crate::maps::HashSet;

/// Keeps the operations of these ids, and the resources, types, hosts and key roles they need.
///
/// The type of error answers stays, since any call can fail, and the default host, which comes first. Webhooks go: no
/// operation needs them. How deliveries are signed stays where the type of events does.
pub(super) fn prune(api: &mut Api, kept: &HashSet<String>) {
    for resource in &mut api.resources {
        resource.operations.retain(|operation| kept.contains(&operation.id));
    }
    api.resources.retain(|resource| !resource.operations.is_empty());
    api.webhooks.clear();
    types(api);
    schemes(api);
    servers(api);
}

fn types(api: &mut Api) {
    let mut reached = vec![false; api.types.len()];
    let mut waiting = Vec::new();
    walk::roots(api, &mut |id| waiting.push(*id));
    while let Some(id) = waiting.pop() {
        let index = id.0 as usize;
        let (Some(seen), Some(def)) = (reached.get_mut(index), api.types.get_mut(index)) else { continue };
        if !std::mem::replace(seen, true) {
            walk::def(def, &mut |id| waiting.push(*id));
        }
    }
    let mut has_events = true;
    walk::events(api, &mut |id| has_events &= reached.get(id.0 as usize).copied().unwrap_or(false));
    if !has_events {
        api.conventions.webhooks = None;
    }
    let numbers = numbers(&reached);
    let renumber = |id: &mut TypeId| {
        let new = numbers.get(id.0 as usize).copied().flatten();
        *id = TypeId(new.and_then(|new| u32::try_from(new).ok()).unwrap_or(u32::MAX));
    };
    api.types.retain(|def| reached.get(def.id.0 as usize).copied().unwrap_or(false));
    for def in &mut api.types {
        renumber(&mut def.id);
        walk::def(def, &mut |id| renumber(id));
    }
    walk::roots(api, &mut |id| renumber(id));
    walk::events(api, &mut |id| renumber(id));
}

fn schemes(api: &mut Api) {
    let mut used = vec![false; api.auth.schemes.len()];
    for needed in api.operations().flat_map(|(_, operation)| operation.security.iter().flatten()) {
        used.get_mut(needed.scheme).into_iter().for_each(|used| *used = true);
    }
    let numbers = numbers(&used);
    retain(&mut api.auth.schemes, &used);
    for operation in api.resources.iter_mut().flat_map(|resource| &mut resource.operations) {
        for needed in operation.security.iter_mut().flatten() {
            needed.scheme = numbers.get(needed.scheme).copied().flatten().unwrap_or(usize::MAX);
        }
    }
}

fn servers(api: &mut Api) {
    let mut used = vec![false; api.servers.len()];
    used.first_mut().into_iter().for_each(|default| *default = true);
    for (_, operation) in api.operations() {
        used.get_mut(operation.server).into_iter().for_each(|used| *used = true);
    }
    for (index, server) in api.servers.iter().enumerate() {
        let first = server.stands_in_for.and_then(|first| used.get(first).copied());
        if first.unwrap_or(false) {
            used.get_mut(index).into_iter().for_each(|used| *used = true);
        }
    }
    let numbers = numbers(&used);
    retain(&mut api.servers, &used);
    for server in &mut api.servers {
        server.stands_in_for = server.stands_in_for.and_then(|first| numbers.get(first).copied().flatten());
    }
    for operation in api.resources.iter_mut().flat_map(|resource| &mut resource.operations) {
        operation.server = numbers.get(operation.server).copied().flatten().unwrap_or_default();
    }
}

/// The place of each that is used, when the others are gone.
fn numbers(used: &[bool]) -> Vec<Option<usize>> {
    let mut next = 0..;
    used.iter().map(|used| if *used { next.next() } else { None }).collect()
}

fn retain<T>(list: &mut Vec<T>, used: &[bool]) {
    let mut used = used.iter();
    list.retain(|_| used.next().copied().unwrap_or(false));
}
