//! Lists as streams, or as iterators where calls block: of items, and of pages.

use std::collections::VecDeque;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::vec;

use futures_core::Stream;

#[cfg(feature = "blocking")]
use super::blocking::{Blocking, block_on};
use super::mode::Async;
use super::paging::Page;
use super::request::answer;
use super::transport::BoxFuture;
use super::walk::{Step, Walk};
use super::{Answer, Error, Operation, Paged, Position, Request};

impl<O: Paged, M> Request<O, M> {
    /// Every item of the list, asking for page after page as they are needed, from the one that the arguments name.
    ///
    /// See [`Items`] for where it ends, and for what happens to a list that changes meanwhile.
    pub fn items(self) -> Items<O, M> {
        Items { pages: self.pages(), ready: VecDeque::new() }
    }

    /// Every page of the list that has items, asking for one after the other. It ends where [`items`](Self::items) does.
    pub fn pages(self) -> Pages<O, M> {
        Pages { walk: Walk::new(self), asking: None }
    }
}

/// Every item of a list. Made by [`Request::items`].
///
/// It is a stream, and has a [`next`](Self::next) of its own, so that no crate for streams is needed; of a blocking client
/// it is an iterator. The options of the request, its timeout say, are those of each page.
///
/// **The end.** The list ends after the page that is the last by the API's own count; at a page without items; without a
/// count, at a page with fewer items than one before it; and at a page that was there before: it never gives a page
/// twice, and is never endless. Fewer items than were asked for are no end, since the API may give fewer. When the API
/// says at such an end, by a cursor, a link or a flag, or by its count at a page that was there before, that there are more
/// items, that is an error of kind [`Paging`](super::ErrorKind::Paging), the last thing the stream gives: a list with a hole
/// does not look complete. A count alone is not believed over a page without items: it may count what this key cannot see.
///
/// **Errors.** Any other error is not the end: what follows it asks for the same page again, and gives no item twice.
/// Whoever does not want that stops at the error, as `?` does. What skips errors, `flatten` say, asks for ever where a
/// failure stays.
///
/// **Dropping.** Nothing is lost when the future of `next` or `collect_up_to` is dropped, in a `select!` say: the
/// request goes on when the stream is polled again. To go on in another process, keep [`position`](Self::position).
///
/// **Lists that change.** A page is what the API had at that moment. Where pages are found by number or by how many items
/// to skip, an item that is made or removed on a page before moves the others: the next page then repeats an item, or
/// leaves one out. An order in which new items come last, and bounds on when items were made, avoid that as far as the
/// API has them. Pages found by a cursor or a link are as steady as the API makes them.
#[must_use = "a stream does nothing until it is polled"]
pub struct Items<O: Paged, M = Async> {
    pages: Pages<O, M>,
    /// What was received and not yet given. None is without items.
    ready: VecDeque<Batch<O::Item>>,
}

/// What is left of a page.
struct Batch<T> {
    page: Page,
    given: usize,
    items: vec::IntoIter<T>,
}

impl<O: Paged> Items<O> {
    /// The next item; `None` at the end.
    ///
    /// # Errors
    /// When the page with it cannot be had. The next call asks for that page again.
    pub async fn next(&mut self) -> Option<Result<O::Item, Error>> {
        poll_fn(|context| self.poll_item(context)).await
    }

    /// Takes that many items, or what there is until the end. It asks for no page that it does not need, and may be
    /// called again for the items after these.
    ///
    /// # Errors
    /// When a page cannot be had. What was received until then is kept: another call begins with it.
    pub async fn collect_up_to(&mut self, most: usize) -> Result<Vec<O::Item>, Error> {
        poll_fn(|context| self.poll_up_to(most, context)).await
    }
}

impl<O: Paged, M: 'static> Items<O, M> {
    /// Where the next item is, for [`resume`](Self::resume); `None` at the end. It stays good in another process.
    #[must_use]
    pub fn position(&self) -> Option<Position> {
        match self.ready.front() {
            Some(batch) => Some(self.pages.walk.position_in(&batch.page, batch.given)),
            None => self.pages.position(),
        }
    }

    /// Goes on from a position of the same list, instead of from where the arguments say.
    pub fn resume(mut self, position: Position) -> Self {
        self.ready.clear();
        self.pages = self.pages.resume(position);
        self
    }

    fn poll_item(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<O::Item, Error>>> {
        loop {
            if let Some(item) = self.take() {
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(self.pages.poll_page(context)) {
                Some(Ok((answer, page))) => self.keep(answer, page),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }

    fn poll_up_to(&mut self, most: usize, context: &mut Context<'_>) -> Poll<Result<Vec<O::Item>, Error>> {
        while self.received() < most {
            match ready!(self.pages.poll_page(context)) {
                Some(Ok((answer, page))) => self.keep(answer, page),
                Some(Err(error)) => return Poll::Ready(Err(error)),
                None => break,
            }
        }
        Poll::Ready(Ok(std::iter::from_fn(|| self.take()).take(most).collect()))
    }

    /// How many items were received and not yet given.
    fn received(&self) -> usize {
        self.ready.iter().map(|batch| batch.items.len()).sum()
    }

    fn keep(&mut self, answer: Answer<O::Output>, page: Page) {
        let given = page.skip;
        let mut items = O::items(answer.into_inner());
        items.drain(..given.min(items.len()));
        if !items.is_empty() {
            self.ready.push_back(Batch { page, given, items: items.into_iter() });
        }
    }

    fn take(&mut self) -> Option<O::Item> {
        let batch = self.ready.front_mut()?;
        let item = batch.items.next();
        batch.given += 1;
        if batch.items.len() == 0 {
            self.ready.pop_front();
        }
        item
    }
}

#[cfg(feature = "blocking")]
impl<O: Paged> Items<O, Blocking> {
    /// Takes that many items, or what there is until the end. It asks for no page that it does not need, and may be
    /// called again for the items after these.
    ///
    /// # Errors
    /// When a page cannot be had. What was received until then is kept: another call begins with it.
    pub fn collect_up_to(&mut self, most: usize) -> Result<Vec<O::Item>, Error> {
        block_on(poll_fn(|context| self.poll_up_to(most, context)))
    }
}

#[cfg(feature = "blocking")]
impl<O: Paged> Iterator for Items<O, Blocking> {
    type Item = Result<O::Item, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        block_on(poll_fn(|context| self.poll_item(context)))
    }
}

impl<O: Paged> Stream for Items<O> {
    type Item = Result<O::Item, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_item(context)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.received(), None)
    }
}

// Nothing in it is pinned: the request in the air is on the heap.
impl<O: Paged, M> Unpin for Items<O, M> {}

impl<O: Paged, M: 'static> fmt::Debug for Items<O, M> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Items")
            .field("operation", &O::ENDPOINT.id)
            .field("received", &self.received())
            .finish_non_exhaustive()
    }
}

/// A page, and what is to be given of it.
type Received<O> = (Answer<<O as Operation>::Output>, Page);

/// Every page of a list that has items, each with its status and headers. Made by [`Request::pages`].
///
/// It ends, fails and changes as [`Items`] does.
#[must_use = "a stream does nothing until it is polled"]
pub struct Pages<O: Paged, M = Async> {
    walk: Walk<O, M>,
    /// The request in the air. It stays until its answer is there, whoever waits for it.
    asking: Option<BoxFuture<'static, Result<Answer<O::Output>, Error>>>,
}

impl<O: Paged> Pages<O> {
    /// The next page; `None` at the end.
    ///
    /// # Errors
    /// When it cannot be had. The next call asks for it again.
    pub async fn next(&mut self) -> Option<Result<Answer<O::Output>, Error>> {
        poll_fn(|context| self.poll_page(context)).await.map(|result| result.map(|(answer, _)| answer))
    }
}

impl<O: Paged, M: 'static> Pages<O, M> {
    /// Where the next page is, for [`resume`](Self::resume); `None` at the end.
    #[must_use]
    pub fn position(&self) -> Option<Position> {
        self.walk.position()
    }

    /// Goes on from the page that a position of the same list is in.
    pub fn resume(mut self, position: Position) -> Self {
        self.asking = None;
        self.walk.resume(position);
        self
    }

    fn poll_page(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Received<O>, Error>>> {
        loop {
            if self.asking.is_none() {
                match self.walk.step() {
                    Step::Ask(request) => self.asking = Some(Box::pin(answer(request))),
                    Step::Fail(error) => return Poll::Ready(Some(Err(error))),
                    Step::End => return Poll::Ready(None),
                }
            }
            let Some(asking) = &mut self.asking else { return Poll::Ready(None) };
            let result = ready!(asking.as_mut().poll(context));
            self.asking = None;
            match result {
                Ok(answer) => {
                    if let Some(page) = self.walk.accept(&answer) {
                        return Poll::Ready(Some(Ok((answer, page))));
                    }
                }
                Err(error) => return Poll::Ready(Some(Err(error))),
            }
        }
    }
}

#[cfg(feature = "blocking")]
impl<O: Paged> Iterator for Pages<O, Blocking> {
    type Item = Result<Answer<O::Output>, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        block_on(poll_fn(|context| self.poll_page(context))).map(|result| result.map(|(answer, _)| answer))
    }
}

impl<O: Paged> Stream for Pages<O> {
    type Item = Result<Answer<O::Output>, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_page(context).map(|next| next.map(|result| result.map(|(answer, _)| answer)))
    }
}

// Nothing in it is pinned: the request in the air is on the heap.
impl<O: Paged, M> Unpin for Pages<O, M> {}

impl<O: Paged, M> fmt::Debug for Pages<O, M> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Pages").field("operation", &O::ENDPOINT.id).finish_non_exhaustive()
    }
}
