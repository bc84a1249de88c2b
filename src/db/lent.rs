//! What is lent to a request, and given back before its page is drawn: nobody waits for a connection, or for the turn to
//! write, while somebody else's page is put together.

use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError, Weak};

/// What a transaction runs on, until it is given back.
pub(super) struct Lent<T>(Arc<Mutex<Option<T>>>);

/// Something that can be given back.
trait Returns: Send + Sync {
    fn give_back(&self);
}

impl<T: Send> Returns for Mutex<Option<T>> {
    fn give_back(&self) {
        drop(self.lock().unwrap_or_else(PoisonError::into_inner).take());
    }
}

/// What one request was lent.
type Account = Arc<Mutex<Vec<Weak<dyn Returns>>>>;

tokio::task_local! {
    static ACCOUNT: Account;
}

impl<T: Send + 'static> Lent<T> {
    /// Lend it to the request that runs now, or to whoever asks outside of any.
    pub(super) fn new(lent: T) -> Self {
        let this = Arc::new(Mutex::new(Some(lent)));
        let weak: Weak<Mutex<Option<T>>> = Arc::downgrade(&this);
        let _ = ACCOUNT.try_with(|account| {
            let mut account = account.lock().unwrap_or_else(PoisonError::into_inner);
            account.retain(|lent| lent.strong_count() > 0);
            account.push(weak);
        });
        Self(this)
    }

    /// Take it out to work with it; nothing when it was given back.
    pub(super) fn take(&self) -> Option<T> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    /// Put it back after the work.
    pub(super) fn put(&self, lent: T) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(lent);
    }
}

/// Work of one request, which can give back all it was lent.
pub async fn lending<F: Future>(work: F) -> F::Output {
    ACCOUNT.scope(Account::default(), work).await
}

/// Give back all connections that the request has: what was not committed is taken back, and whatever is asked of their
/// transactions afterwards is refused.
pub fn give_back() {
    let lent = ACCOUNT.try_with(|account| std::mem::take(&mut *account.lock().unwrap_or_else(PoisonError::into_inner)));
    for lent in lent.into_iter().flatten().filter_map(|lent| lent.upgrade()) {
        lent.give_back();
    }
}
