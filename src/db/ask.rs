//! Questions to the database as values: each says what it asks and what the answer becomes.

use super::bare::Bare;
use super::row::Outcome;
use crate::folding::place_of;

/// What came back, statement by statement.
type Outcomes = std::vec::IntoIter<Outcome>;
type Read<O> = Box<dyn FnOnce(&mut Outcomes) -> sqlx::Result<O> + Send>;

/// A question of one or several statements. It does nothing until [`super::Tx::ask`] asks it.
#[must_use = "a question does nothing until it is asked"]
pub struct Ask<O> {
    pub(super) statements: Vec<Bare>,
    read: Read<O>,
}

impl<O: 'static> Ask<O> {
    pub(super) fn new(statement: Bare, read: impl FnOnce(Outcome) -> sqlx::Result<O> + Send + 'static) -> Self {
        let read: Read<O> = Box::new(|outcomes| read(outcomes.next().ok_or_else(too_few)?));
        Self { statements: vec![statement], read }
    }

    /// A question that asks nothing, for a place where the answer is known already.
    pub fn known(answer: O) -> Self
    where
        O: Send,
    {
        Self { statements: Vec::new(), read: Box::new(|_| Ok(answer)) }
    }

    /// The same question with its answer made into something else.
    pub fn map<P: 'static>(self, make: impl FnOnce(O) -> P + Send + 'static) -> Ask<P> {
        self.and_then(|answer| Ok(make(answer)))
    }

    /// The same question with its answer made into something else, which may fail.
    pub fn and_then<P: 'static>(self, make: impl FnOnce(O) -> sqlx::Result<P> + Send + 'static) -> Ask<P> {
        let read = self.read;
        Ask { statements: self.statements, read: Box::new(|outcomes| make(read(outcomes)?)) }
    }

    /// The same question with the rows of its answer by name, as a dictionary sorts; rows of one name keep their order.
    pub fn by_name<T: 'static>(self, name: fn(&T) -> &str) -> Ask<O>
    where
        O: AsMut<[T]>,
    {
        self.map(move |mut rows| {
            rows.as_mut().sort_by_cached_key(|row| place_of(name(row)));
            rows
        })
    }

    pub(super) fn into_parts(self) -> (Vec<Bare>, Read<O>) {
        (self.statements, self.read)
    }
}

fn too_few() -> sqlx::Error {
    sqlx::Error::Protocol("the database answered fewer statements than it was asked".into())
}

/// Questions that travel together: one, a tuple of up to eight, a list, or one that may be left out.
pub trait Questions {
    /// What comes back.
    type Answers: 'static;

    /// All of them as one question.
    fn joined(self) -> Ask<Self::Answers>;
}

impl<O: 'static> Questions for Ask<O> {
    type Answers = O;
    fn joined(self) -> Self {
        self
    }
}

impl<Q: Questions> Questions for Option<Q> {
    type Answers = Option<Q::Answers>;
    fn joined(self) -> Ask<Self::Answers> {
        match self {
            Some(question) => question.joined().map(Some),
            None => Ask { statements: Vec::new(), read: Box::new(|_| Ok(None)) },
        }
    }
}

impl<Q: Questions> Questions for Vec<Q> {
    type Answers = Vec<Q::Answers>;
    fn joined(self) -> Ask<Self::Answers> {
        let mut statements = Vec::with_capacity(self.len());
        let mut readers = Vec::with_capacity(self.len());
        for question in self {
            let (asked, read) = question.joined().into_parts();
            statements.extend(asked);
            readers.push(read);
        }
        let read: Read<Self::Answers> = Box::new(|outcomes| readers.into_iter().map(|read| read(outcomes)).collect());
        Ask { statements, read }
    }
}

macro_rules! together {
    ($($Q:ident $q:ident),+) => {
        impl<$($Q: Questions),+> Questions for ($($Q,)+) {
            type Answers = ($($Q::Answers,)+);
            fn joined(self) -> Ask<Self::Answers> {
                let ($($q,)+) = self;
                let mut statements = Vec::new();
                $(let (asked, $q) = $q.joined().into_parts(); statements.extend(asked);)+
                Ask { statements, read: Box::new(|outcomes| Ok(($($q(outcomes)?,)+))) }
            }
        }
    };
}

together!(A first, B second);
together!(A first, B second, C third);
together!(A first, B second, C third, D fourth);
together!(A first, B second, C third, D fourth, E fifth);
together!(A first, B second, C third, D fourth, E fifth, F sixth);
together!(A first, B second, C third, D fourth, E fifth, F sixth, G seventh);
together!(A first, B second, C third, D fourth, E fifth, F sixth, G seventh, H eighth);
