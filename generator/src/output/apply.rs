//! A plan carried out: everything is prepared before anything is replaced, and what fails is taken back.

use std::fs;
use std::path::Path;

use tempfile::TempPath;

use super::plan::{Change, Plan};
use super::staging::{Known, Staging};
use super::{MANIFEST, OutputError, manifest};

/// A plan on its way to the disk.
#[derive(Debug)]
pub(super) struct Transaction<'p> {
    root: &'p Path,
    staging: Staging,
    /// Each change with its new file, which waits in the staging folder.
    steps: Vec<(&'p Change, Option<TempPath>)>,
}

impl<'p> Transaction<'p> {
    /// Writes every new file beside the tree, which stays as it is. Nothing is left behind when that fails.
    pub(super) fn prepare(plan: &'p Plan) -> Result<Self, OutputError> {
        let staging = Staging::begin(&plan.root)?;
        match Self::stage(plan, &staging) {
            Ok(steps) => Ok(Self { root: &plan.root, staging, steps }),
            Err(error) => {
                staging.discard();
                Err(error)
            }
        }
    }

    fn stage(plan: &'p Plan, staging: &Staging) -> Result<Vec<(&'p Change, Option<TempPath>)>, OutputError> {
        let mut steps = Vec::new();
        for change in &plan.changes {
            let file = change.new.as_deref().map(|contents| staging.file(contents)).transpose()?;
            steps.push((change, file));
        }
        staging.journal(known(plan))?;
        Ok(steps)
    }

    /// Puts every file in place, in order. When one fails, those before it are put back.
    pub(super) fn commit(mut self) -> Result<(), OutputError> {
        let count = self.steps.len();
        for index in 0..count {
            let Err(error) = self.step(index) else { continue };
            return match self.take_back(index) {
                Ok(()) => {
                    // Their files go before the folder they stand in.
                    self.steps.clear();
                    self.staging.discard();
                    Err(error)
                }
                Err(()) => Err(OutputError::HalfWay { source: Box::new(error) }),
            };
        }
        self.staging.finish()
    }

    /// Carries out one change.
    pub(super) fn step(&mut self, index: usize) -> Result<(), OutputError> {
        let Some((change, file)) = self.steps.get_mut(index) else { return Ok(()) };
        match file.take() {
            Some(file) => put(self.root, file, &change.target),
            None => remove(self.root, &change.target),
        }
    }

    /// Undoes the changes before `end`, the last one first.
    fn take_back(&self, end: usize) -> Result<(), ()> {
        for (change, _) in self.steps.iter().take(end).rev() {
            let undone = match &change.old {
                Some(contents) => self.staging.file(contents).and_then(|file| put(self.root, file, &change.target)),
                None => remove(self.root, &change.target),
            };
            undone.map_err(|_| ())?;
        }
        Ok(())
    }
}

/// The hashes by which the files of this run can be told from edits, whether they are the old ones or the new.
fn known(plan: &Plan) -> Known {
    let mut known = plan.known.clone();
    for change in plan.changes.iter().filter(|change| change.path != MANIFEST) {
        if let Some(contents) = &change.new {
            known.entry(change.path.clone()).or_default().insert(manifest::hash(contents));
        }
    }
    known
}

/// Replaces a file whole: readers see the old contents or the new ones.
fn put(root: &Path, file: TempPath, target: &Path) -> Result<(), OutputError> {
    let folder = target.parent().unwrap_or(root);
    let made = fs::create_dir_all(folder).map_err(OutputError::io("make the folder", folder));
    made.and_then(|()| file.persist(target).map_err(|error| OutputError::io("write", target)(error.error)))
        .inspect_err(|_| remove_empty_folders(root, target))
}

/// Removes a file, and the folders it leaves empty.
fn remove(root: &Path, target: &Path) -> Result<(), OutputError> {
    fs::remove_file(target).map_err(OutputError::io("remove", target))?;
    remove_empty_folders(root, target);
    Ok(())
}

fn remove_empty_folders(root: &Path, target: &Path) {
    for folder in target.ancestors().skip(1).take_while(|folder| *folder != root) {
        // One that is not empty stays, and so do those above it.
        if fs::remove_dir(folder).is_err() {
            break;
        }
    }
}
