//! How the choices of a chart stand in the database: each as its word.

use crate::spc::{Better, Cadence, LimitsKind, Rule, RuleSet, Side, Spread};
use sqlx::encode::IsNull;
use sqlx::error::BoxDynError;
use sqlx::{Database, Decode, Encode, Type};

macro_rules! stored_as_words {
    ($($kind:ident { $($variant:ident = $word:literal),* $(,)? })*) => {$(
        impl<D: Database> Type<D> for $kind where str: Type<D> {
            fn type_info() -> D::TypeInfo {
                <str as Type<D>>::type_info()
            }
            fn compatible(column: &D::TypeInfo) -> bool {
                <str as Type<D>>::compatible(column)
            }
        }
        impl<'r, D: Database> Decode<'r, D> for $kind where &'r str: Decode<'r, D> {
            fn decode(value: D::ValueRef<'r>) -> Result<Self, BoxDynError> {
                match <&str as Decode<'r, D>>::decode(value)? {
                    $($word => Ok(Self::$variant),)*
                    other => Err(format!("{other} is no {}", stringify!($kind)).into()),
                }
            }
        }
        impl<'q, D: Database> Encode<'q, D> for $kind where &'q str: Encode<'q, D> {
            fn encode_by_ref(&self, buffer: &mut D::ArgumentBuffer) -> Result<IsNull, BoxDynError> {
                let word = match self { $(Self::$variant => $word,)* };
                <&str as Encode<'q, D>>::encode(word, buffer)
            }
        }
    )*};
}

stored_as_words! {
    Better { Lower = "lower", Higher = "higher", Neither = "neither" }
    Cadence { Day = "day", WorkingDay = "working_day", Week = "week", Month = "month", Count = "count" }
    LimitsKind { Same = "same", Volume = "volume" }
    Rule { Outside = "outside", RunOfEight = "run_of_eight", ThreeOfFour = "three_of_four" }
    RuleSet { Three = "three", Two = "two", One = "one", Nhs = "nhs" }
    Side { Above = "above", Below = "below" }
    Spread { Mean = "mean", Median = "median" }
}
