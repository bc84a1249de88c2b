//! The forms of a page as a browser reads them: their fields as they stand there, and their buttons.

use scraper::{ElementRef, Html, Selector};

/// A form that is ready to be sent.
pub struct PageForm {
    pub action: String,
    /// By POST; else by GET.
    pub is_sent: bool,
    pub has_files: bool,
    pub fields: Vec<(String, String)>,
}

/// What can be done with a field.
enum Control {
    /// The page has written it; nobody can change it.
    Hidden,
    Text,
    /// One of these.
    Choice,
    /// Each of them, or none.
    Boxes,
}

struct Field {
    name: String,
    control: Control,
    offered: Vec<String>,
    values: Vec<String>,
}

impl PageForm {
    /// The form of the button with these words, filled in; or what the page does not have.
    pub fn pressed(page: &str, button: &str, filled: &[(String, String)]) -> Result<Self, String> {
        let page = Html::parse_document(page);
        let (forms, buttons) = (all("form"), all("button"));
        let pairs = page.select(&forms).flat_map(|form| form.select(&buttons).map(move |button| (form, button)));
        let (there, others): (Vec<_>, Vec<_>) = pairs.partition(|(_, other)| words(*other) == button);
        if there.is_empty() {
            let others: Vec<_> = others.into_iter().map(|(_, other)| words(other)).collect();
            return Err(format!("it has no button {button:?}, but {others:?}"));
        }
        let tried = there.into_iter().map(|(form, button)| filled_in(form, button, filled));
        let (mut taken, refused): (Vec<_>, Vec<_>) = tried.partition(Result::is_ok);
        match taken.len() {
            1 => taken.remove(0),
            0 => Err(refused.into_iter().filter_map(Result::err).collect::<Vec<_>>().join("; ")),
            more => Err(format!("it has {more} forms that take this, with a button {button:?} each")),
        }
    }
}

fn filled_in(form: ElementRef<'_>, button: ElementRef<'_>, filled: &[(String, String)]) -> Result<PageForm, String> {
    let mut fields = fields(form);
    for (name, value) in filled {
        match fields.iter_mut().find(|field| field.name == *name) {
            Some(field) => field.take(value)?,
            None => {
                let names: Vec<_> = fields.iter().map(|field| &field.name).collect();
                return Err(format!("the form of {:?} has no field {name:?}, but {names:?}", words(button)));
            }
        }
    }
    let attribute = |own, of_form| button.attr(own).or_else(|| form.attr(of_form)).unwrap_or_default().to_owned();
    let pressed =
        button.attr("name").map(|name| (name.to_owned(), button.attr("value").unwrap_or_default().to_owned()));
    let sent = fields
        .into_iter()
        .flat_map(|Field { name, values, .. }| values.into_iter().map(move |value| (name.clone(), value)));
    Ok(PageForm {
        action: attribute("formaction", "action"),
        is_sent: attribute("formmethod", "method").eq_ignore_ascii_case("post"),
        has_files: attribute("formenctype", "enctype") == "multipart/form-data",
        fields: sent.chain(pressed).collect(),
    })
}

impl Field {
    fn take(&mut self, value: &str) -> Result<(), String> {
        let (name, offered) = (&self.name, &self.offered);
        match self.control {
            Control::Hidden => return Err(format!("{name:?} is hidden, nobody can fill it in")),
            Control::Choice | Control::Boxes if !offered.iter().any(|known| known == value) => {
                return Err(format!("{name:?} offers no {value:?}, but {offered:?}"));
            }
            Control::Boxes => self.values.retain(|known| known != value),
            Control::Text | Control::Choice => self.values.clear(),
        }
        self.values.push(value.to_owned());
        Ok(())
    }
}

/// The fields of a form in their order; those of the same name are one.
fn fields(form: ElementRef<'_>) -> Vec<Field> {
    let mut fields: Vec<Field> = Vec::new();
    for element in form.select(&all("input[name], textarea[name], select[name]")) {
        let Some(field) = field(element) else { continue };
        match fields.iter_mut().find(|known| known.name == field.name) {
            Some(known) => {
                known.offered.extend(field.offered);
                known.values.extend(field.values);
            }
            None => fields.push(field),
        }
    }
    fields
}

fn field(element: ElementRef<'_>) -> Option<Field> {
    let value = element.attr("value").map(str::to_owned);
    let checked = element.attr("checked").is_some();
    let (control, offered, values) = match (element.value().name(), element.attr("type").unwrap_or("text")) {
        _ if element.attr("disabled").is_some() => return None,
        ("input", "file" | "submit") => return None,
        ("input", "hidden") => (Control::Hidden, Vec::new(), vec![value.unwrap_or_default()]),
        ("input", kind @ ("checkbox" | "radio")) => {
            let control = if kind == "radio" { Control::Choice } else { Control::Boxes };
            let value = value.unwrap_or_else(|| String::from("on"));
            (control, vec![value.clone()], checked.then_some(value).into_iter().collect())
        }
        ("input", _) => (Control::Text, Vec::new(), vec![value.unwrap_or_default()]),
        ("textarea", _) => {
            let text = element.text().collect::<String>();
            (Control::Text, Vec::new(), vec![text])
        }
        _ => {
            let options: Vec<_> = element.select(&all("option")).collect();
            let of = |option: &ElementRef<'_>| option.attr("value").map_or_else(|| words(*option), str::to_owned);
            let chosen = options.iter().find(|option| option.attr("selected").is_some()).or(options.first()).map(of);
            (Control::Choice, options.iter().map(of).collect(), chosen.into_iter().collect())
        }
    };
    Some(Field { name: element.attr("name")?.to_owned(), control, offered, values })
}

fn words(element: ElementRef<'_>) -> String {
    element.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

fn all(selector: &str) -> Selector {
    Selector::parse(selector).unwrap()
}
