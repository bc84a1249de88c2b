//! The handlers of moves that need no more than words, a line each.

/// Makes the handler of each noun below a record's place, from what it reads of the form: the verb and its words.
#[macro_export]
macro_rules! moves {
    (
        $record:ty, $place:literal, $act:path, $thanks:path;
        $($handler:ident $noun:literal, |$form:ident| $read:expr;)*
    ) => {$(
        #[doc = concat!("`POST /", $place, "/{id}/", $noun, "`")]
        pub async fn $handler(mut sent: $crate::moves::Submission<$record>) -> $crate::moves::Handled {
            let (verb, words) = {
                let $form = &mut sent.form;
                $read
            };
            let mut at = sent.named($noun).open(verb).await?;
            let this = $crate::moves::Move::of(at.key, &at.actor, &words);
            let done = $act(&mut at.tx, &at.record, this, verb).await;
            at.close(done, $thanks(verb)).await
        }
    )*};
}
