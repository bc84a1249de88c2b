//! Every route of the program: method, path, policy, handler. A route without a policy can't be written.
//!
//! `cached` marks pages that may come from the page cache: they hold no key of a form and are asked for often.

use crate::App;
use crate::web::policy::{Policy, admit};
use crate::web::uploads::LARGEST_REQUEST;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::handler::Handler;
use axum::http::Method;
use axum::middleware::{Next, from_fn};
use axum::routing::{MethodRouter, on};

/// One row of the list.
pub struct Route {
    pub method: Method,
    pub path: &'static str,
    pub policy: Policy,
    cached: bool,
    handler: MethodRouter<App>,
}

impl Route {
    fn get<T: 'static>(path: &'static str, policy: Policy, handler: impl Handler<T, App>) -> Self {
        let handler = on(axum::routing::MethodFilter::GET, handler);
        Self { method: Method::GET, path, policy, cached: false, handler }
    }

    fn post<T: 'static>(path: &'static str, policy: Policy, handler: impl Handler<T, App>) -> Self {
        let handler = on(axum::routing::MethodFilter::POST, handler);
        Self { method: Method::POST, path, policy, cached: false, handler }
    }

    /// A form that may bring pictures.
    fn with_pictures(self) -> Self {
        Self { handler: self.handler.layer(DefaultBodyLimit::max(LARGEST_REQUEST)), ..self }
    }

    fn cached(self) -> Self {
        Self { cached: true, ..self }
    }
}

/// The list.
#[expect(clippy::too_many_lines, reason = "one line for each route")]
#[rustfmt::skip]
pub fn all() -> Vec<Route> {
    use Policy::{Admin, Coach, Definer, Example, Leader, Member, PeopleReader, Public, ScreenKeeper, Wall};
    use crate::{conversation, demo, drafts, experiments, finding, give_back, ideas, leadership, letters, library, measures, notices, people, promises, purpose, responses, standards, wall};
    vec![
        // leadership
        Route::get("/", Member, leadership::pages::home::show),
        Route::get("/leadership", Member, leadership::pages::leadership::show).cached(),
        Route::get("/more", Member, leadership::pages::more::show).cached(),
        // people
        Route::get("/setup", Public, people::pages::setup::new),
        Route::post("/setup", Public, people::pages::setup::create),
        Route::get("/session/new", Public, people::pages::session::new),
        Route::post("/session", Public, people::pages::session::create),
        Route::post("/session/removal", Public, people::pages::session::destroy),
        Route::get("/password/edit", Member, people::pages::password::edit),
        Route::post("/password", Member, people::pages::password::update),
        Route::get("/people", PeopleReader, people::pages::people::index).cached(),
        Route::get("/people/many", Admin, people::pages::many::new),
        Route::post("/people/many", Admin, people::pages::many::create),
        Route::get("/people/links", Admin, people::pages::links::index),
        Route::get("/people/new", Admin, people::pages::person::new),
        Route::post("/people", Admin, people::pages::person::create),
        Route::get("/people/{id}/edit", Admin, people::pages::person::edit),
        Route::post("/people/{id}", Admin, people::pages::person::update),
        Route::get("/people/{id}/invitation", Admin, people::pages::invitations::show),
        Route::post("/people/{id}/invitation", Admin, people::pages::invitations::create),
        Route::get("/invitations/{code}", Public, people::pages::invitations::welcome),
        Route::post("/invitations/{code}", Public, people::pages::invitations::accept),
        Route::get("/join/{code}", Public, people::pages::join::show),
        Route::post("/join/{code}", Public, people::pages::join::create),
        Route::post("/joiners/{id}/admission", Admin, people::pages::joiners::admit),
        Route::post("/joiners/{id}/removal", Admin, people::pages::joiners::destroy),
        Route::get("/absences", Member, people::pages::absences::index),
        Route::get("/absences/new", Member, people::pages::absence::new),
        Route::post("/absences", Member, people::pages::absence::create),
        Route::get("/absences/{id}/edit", Member, people::pages::absence::edit),
        Route::post("/absences/{id}", Member, people::pages::absence::update),
        Route::post("/absences/{id}/removal", Member, people::pages::absence::destroy),
        Route::get("/teams/new", Admin, people::pages::teams::new),
        Route::post("/teams", Admin, people::pages::teams::create),
        Route::get("/teams/{id}/edit", Admin, people::pages::teams::edit),
        Route::post("/teams/{id}", Admin, people::pages::teams::update),
        Route::get("/teams/{id}/join-links", Admin, people::pages::join_links::index),
        Route::post("/teams/{id}/join-links", Admin, people::pages::join_links::create),
        Route::post("/teams/{id}/join-links/removal", Admin, people::pages::join_links::destroy),
        // ideas
        Route::get("/ideas", Member, ideas::pages::index::index).cached(),
        Route::get("/ideas/new", Member, ideas::pages::new::new),
        Route::post("/ideas/similar", Member, finding::pages::similar::show),
        Route::get("/ideas/{id}", Member, ideas::pages::show::show),
        Route::get("/ideas/{id}/edit", Member, ideas::pages::edit::edit),
        Route::post("/ideas", Public, ideas::pages::new::create).with_pictures(),
        Route::post("/ideas/{id}", Member, ideas::pages::edit::update),
        Route::post("/ideas/{id}/answer", Member, responses::pages::answer::create),
        Route::post("/ideas/{id}/catch", Member, ideas::pages::moves::catch),
        Route::post("/ideas/{id}/confirmation", Member, ideas::pages::moves::confirm),
        Route::post("/ideas/{id}/consent", Member, ideas::pages::moves::nod),
        Route::post("/ideas/{id}/delivery", Member, ideas::pages::moves::deliver),
        Route::post("/ideas/{id}/judgement", Member, ideas::pages::moves::judge),
        Route::post("/ideas/{id}/merger", Member, ideas::pages::merger::create),
        Route::post("/ideas/{id}/objection", Member, ideas::pages::moves::object),
        Route::post("/ideas/{id}/plan", Member, ideas::pages::moves::plan),
        Route::post("/ideas/{id}/question", Member, ideas::pages::moves::ask),
        Route::post("/ideas/{id}/reply", Member, ideas::pages::moves::reply),
        Route::post("/ideas/{id}/report", Member, ideas::pages::moves::report),
        Route::post("/ideas/{id}/rest", Member, ideas::pages::moves::rest),
        Route::post("/ideas/{id}/return", Member, ideas::pages::moves::send_back),
        Route::post("/ideas/{id}/taking", Member, ideas::pages::moves::take),
        Route::post("/ideas/{id}/talk", Member, ideas::pages::talk::create),
        Route::post("/ideas/{id}/thanks", Member, ideas::pages::moves::thank),
        Route::post("/ideas/{id}/trial", Member, ideas::pages::moves::trial),
        Route::post("/ideas/{id}/waking", Member, ideas::pages::moves::wake),
        Route::post("/ideas/{id}/withdrawal", Member, ideas::pages::moves::withdraw),
        // finding
        Route::get("/search", Member, finding::pages::search::show),
        Route::get("/ideas/{id}/same", Member, finding::pages::same::show),
        // conversation
        Route::get("/ideas/{id}/comments", Member, conversation::pages::comments::index),
        Route::post("/ideas/{id}/comments", Member, conversation::pages::comments::create).with_pictures(),
        Route::post("/ideas/{id}/following", Member, conversation::pages::reactions::follow),
        Route::post("/ideas/{id}/following/removal", Member, conversation::pages::reactions::unfollow),
        Route::post("/ideas/{id}/hurts", Member, conversation::pages::reactions::hurt),
        Route::post("/ideas/{id}/hurts/removal", Member, conversation::pages::reactions::unhurt),
        Route::post("/ideas/{id}/volunteers", Member, conversation::pages::reactions::join),
        Route::post("/ideas/{id}/volunteers/removal", Member, conversation::pages::reactions::leave),
        Route::post("/comments/{id}", Member, conversation::pages::comments::update),
        Route::post("/comments/{id}/removal", Member, conversation::pages::comments::destroy),
        Route::post("/comments/{id}/return", Member, conversation::pages::comments::restore),
        Route::get("/pictures/{id}", Member, conversation::pages::pictures::show),
        // notices
        Route::get("/notices", Member, notices::pages::notices::index),
        Route::post("/notices/seen", Member, notices::pages::notices::see_all),
        Route::post("/notices/seen/removal", Member, notices::pages::notices::unsee),
        Route::post("/notices/{id}/seen", Member, notices::pages::notices::see),
        // drafts
        Route::get("/drafts", Member, drafts::pages::drafts::index),
        Route::get("/drafts/fields", Member, drafts::pages::fields::index),
        Route::post("/drafts", Member, drafts::pages::drafts::save).with_pictures(),
        Route::post("/drafts/removal", Member, drafts::pages::drafts::destroy),
        Route::get("/ideas/protected", Coach, ideas::pages::protected::index),
        Route::get("/ideas/{id}/name", Coach, ideas::pages::name::show),
        Route::post("/ideas/{id}/name/readings", Coach, ideas::pages::name::create),
        Route::post("/ideas/{id}/naming", Member, ideas::pages::name::publish),
        Route::post("/ideas/{id}/voice", Member, ideas::pages::voice::create),
        // letters
        Route::get("/letterbox/{code}", Public, letters::pages::letterbox::new),
        Route::get("/letters", Public, letters::pages::letters::new),
        Route::post("/letters", Public, letters::pages::letters::show),
        Route::post("/letters/moves", Public, letters::pages::moves::create),
        Route::get("/letterboxes", ScreenKeeper, letters::pages::team_letterboxes::index),
        Route::get("/teams/{id}/letterbox", ScreenKeeper, letters::pages::team_letterboxes::show),
        Route::post("/teams/{id}/letterbox", ScreenKeeper, letters::pages::team_letterboxes::create),
        // promises
        Route::get("/promises", Member, promises::pages::index::index).cached(),
        Route::get("/promises/new", Member, promises::pages::new::new),
        Route::get("/promises/{id}", Member, promises::pages::show::show),
        Route::post("/promises", Member, promises::pages::new::create),
        Route::post("/promises/{id}/acceptance", Member, promises::pages::moves::accept),
        Route::post("/promises/{id}/agreement", Member, promises::pages::moves::agree),
        Route::post("/promises/{id}/confirmation", Member, promises::pages::moves::confirm),
        Route::post("/promises/{id}/counter", Member, promises::pages::moves::counter),
        Route::post("/promises/{id}/delivery", Member, promises::pages::moves::deliver),
        Route::post("/promises/{id}/new-date", Member, promises::pages::moves::move_day),
        Route::post("/promises/{id}/refusal", Member, promises::pages::moves::refuse),
        Route::post("/promises/{id}/release", Member, promises::pages::moves::release),
        Route::post("/promises/{id}/revocation", Member, promises::pages::moves::revoke),
        Route::post("/promises/{id}/withdrawal", Member, promises::pages::moves::withdraw),
        Route::get("/standing-promises/new", Leader, promises::pages::standing::new::new),
        Route::post("/standing-promises", Leader, promises::pages::standing::new::create),
        Route::post("/standing-promises/{id}/answer", Member, promises::pages::standing::moves::answer),
        Route::post("/standing-promises/{id}/cases", Member, promises::pages::standing::moves::point_at),
        Route::post("/standing-promises/{id}/review", Member, promises::pages::standing::moves::review),
        Route::post("/standing-promises/{id}/revocation", Member, promises::pages::standing::moves::revoke),
        // experiments
        Route::get("/experiments", Member, experiments::pages::index::index).cached(),
        Route::get("/experiments/new", Member, experiments::pages::new::new),
        Route::get("/experiments/{id}", Member, experiments::pages::show::show),
        Route::get("/experiments/{id}/edit", Member, experiments::pages::edit::edit),
        Route::post("/experiments", Member, experiments::pages::new::create),
        Route::post("/experiments/{id}", Member, experiments::pages::edit::update),
        Route::get("/experiments/{id}/effect", Member, experiments::pages::effect::edit),
        Route::post("/experiments/{id}/cases", Member, experiments::pages::cases::create),
        Route::post("/experiments/{id}/decision", Member, experiments::pages::decision::create),
        Route::post("/experiments/{id}/effect", Member, experiments::pages::effect::update),
        Route::post("/experiments/{id}/event-removal", Member, experiments::pages::cases::unnote),
        Route::post("/experiments/{id}/events", Member, experiments::pages::cases::note),
        Route::post("/experiments/{id}/last-case", Member, experiments::pages::cases::remove),
        Route::post("/experiments/{id}/lines", Member, experiments::pages::lines::create),
        Route::post("/experiments/{id}/readiness", Member, experiments::pages::moves::declare),
        Route::post("/experiments/{id}/safety-answer", Member, experiments::pages::moves::answer),
        Route::post("/experiments/{id}/safety-question", Member, experiments::pages::moves::ask),
        Route::post("/experiments/{id}/start", Member, experiments::pages::moves::start),
        Route::post("/experiments/{id}/stop", Member, experiments::pages::moves::stop),
        Route::post("/experiments/{id}/study", Member, experiments::pages::moves::study),
        Route::post("/experiments/{id}/testimony", Member, experiments::pages::moves::tell),
        Route::post("/experiments/{id}/withdrawal", Member, experiments::pages::moves::withdraw),
        // standards
        Route::get("/still-holding", Member, leadership::pages::still_holding::show).cached(),
        Route::get("/library", Member, library::pages::index::index).cached(),
        Route::get("/library/{id}", Member, library::pages::show::show),
        Route::get("/library/{id}/story", Member, library::pages::story::show),
        Route::post("/library/{id}/experiments", Member, library::pages::show::take_home),
        Route::get("/give-back", Member, give_back::pages::index::index).cached(),
        Route::get("/give-back/new", Member, give_back::pages::new::new),
        Route::post("/give-back", Member, give_back::pages::new::create),
        Route::get("/standards", Member, standards::pages::index::index).cached(),
        Route::get("/standards/new", Member, standards::pages::new::new),
        Route::get("/standards/{id}", Member, standards::pages::show::show),
        Route::get("/standards/{id}/edit", Member, standards::pages::edit::edit),
        Route::post("/standards", Member, standards::pages::new::create),
        Route::post("/standards/{id}", Member, standards::pages::edit::update),
        Route::post("/standards/{id}/agreement", Member, standards::pages::moves::agree),
        Route::post("/standards/{id}/answers", Member, standards::pages::moves::answer),
        Route::post("/standards/{id}/cause", Member, standards::pages::moves::known_cause),
        Route::post("/standards/{id}/checks", Member, standards::pages::moves::check),
        Route::post("/standards/{id}/confirmation", Member, standards::pages::moves::see),
        Route::post("/standards/{id}/experiments", Member, standards::pages::moves::improve),
        Route::post("/standards/{id}/holding", Member, standards::pages::moves::hold),
        Route::post("/standards/{id}/objections", Member, standards::pages::moves::object),
        Route::post("/standards/{id}/owner", Member, standards::pages::moves::entrust),
        Route::post("/standards/{id}/repair", Member, standards::pages::moves::bring_back),
        Route::post("/standards/{id}/retirement", Member, standards::pages::moves::retire),
        Route::post("/standards/{id}/stay", Member, standards::pages::moves::keep),
        Route::post("/standards/{id}/teaching", Member, standards::pages::moves::teach),
        // purpose
        Route::get("/purpose", Public, purpose::pages::purpose::show),
        Route::get("/purpose/mine", Member, purpose::pages::mine::show),
        // demo
        Route::get("/setup/example", Public, demo::pages::setup_example::show),
        Route::post("/setup/example", Public, demo::pages::setup_example::open),
        Route::get("/example", Example, demo::pages::example::show),
        Route::post("/example/session", Example, demo::pages::example::sign_in),
        Route::post("/example/removal", Example, demo::pages::example::destroy),
        // wall
        Route::get("/wall", Wall, wall::pages::wall::show),
        Route::post("/wall/pairing", Wall, wall::pages::wall::create),
        Route::get("/wall/board", Wall, wall::pages::board::show),
        Route::get("/wall/live", Wall, wall::pages::live::show),
        Route::get("/screens", ScreenKeeper, wall::pages::screens::index),
        Route::post("/screens", ScreenKeeper, wall::pages::screens::create),
        Route::post("/screens/{id}/removal", ScreenKeeper, wall::pages::screens::destroy),
        // measures
        Route::get("/measures", Member, measures::pages::index::index).cached(),
        Route::get("/measures/library", Member, measures::pages::library::show).cached(),
        Route::get("/measures/new", Definer, measures::pages::definition::new),
        Route::post("/measures", Definer, measures::pages::definition::create),
        Route::get("/measures/proposals/new", Member, measures::pages::proposals::new),
        Route::post("/measures/proposals", Member, measures::pages::proposals::create),
        Route::get("/measures/{id}", Member, measures::pages::show::show).cached(),
        Route::get("/measures/{id}/beside", Member, measures::pages::beside::show).cached(),
        Route::get("/measures/{id}/edit", Member, measures::pages::definition::edit),
        Route::post("/measures/{id}", Member, measures::pages::definition::update),
        Route::post("/measures/{id}/affirmation", Member, measures::pages::life::affirm),
        Route::get("/measures/{id}/agreement", Member, measures::pages::agreement::show),
        Route::post("/measures/{id}/agreement", Member, measures::pages::agreement::create),
        Route::post("/measures/{id}/beginning", Member, measures::pages::life::begin),
        Route::post("/measures/{id}/continuation", Member, measures::pages::life::go_on),
        Route::post("/measures/{id}/exclusions", Member, measures::pages::exclusions::create),
        Route::post("/measures/{id}/exclusions/removal", Member, measures::pages::exclusions::destroy),
        Route::post("/measures/{id}/explanation", Member, measures::pages::explanation::create),
        Route::post("/measures/{id}/keeper", Member, measures::pages::life::find_keeper),
        Route::get("/measures/{id}/limits/new", Member, measures::pages::limits::new),
        Route::post("/measures/{id}/limits", Member, measures::pages::limits::create),
        Route::post("/measures/{id}/limits/agreement", Member, measures::pages::limits::agree),
        Route::post("/measures/{id}/limits/objection", Member, measures::pages::limits::disagree),
        Route::post("/measures/{id}/limits/removal", Member, measures::pages::limits::destroy),
        Route::post("/measures/{id}/limits/withdrawal", Member, measures::pages::limits::withdraw),
        Route::post("/measures/{id}/notes", Member, measures::pages::notes::create),
        Route::post("/measures/{id}/notes/removal", Member, measures::pages::notes::destroy),
        Route::post("/measures/{id}/pause", Member, measures::pages::life::pause),
        Route::get("/measures/{id}/redefinition/new", Member, measures::pages::redefinition::new),
        Route::post("/measures/{id}/redefinition", Member, measures::pages::redefinition::create),
        Route::post("/measures/{id}/redefinition/removal", Member, measures::pages::redefinition::destroy),
        Route::post("/measures/{id}/refusal", Member, measures::pages::life::decline),
        Route::post("/measures/{id}/resumption", Member, measures::pages::life::resume),
        Route::post("/measures/{id}/retirement", Member, measures::pages::life::retire),
        Route::get("/measures/{id}/way/edit", Member, measures::pages::way::edit),
        Route::post("/measures/{id}/way", Member, measures::pages::way::update),
        Route::get("/measures/{id}/slips/new", Member, measures::pages::slips::new),
        Route::post("/measures/{id}/slips", Member, measures::pages::slips::create),
        Route::post("/measures/{id}/values", Member, measures::pages::values::create),
        Route::post("/measures/{id}/values/removal", Member, measures::pages::values::undo),
        Route::get("/measures/{id}/values.csv", Member, measures::pages::values::index),
        Route::get("/measures/{id}/values/import", Member, measures::pages::values_import::new),
        Route::post("/measures/{id}/values/import", Member, measures::pages::values_import::preview),
        Route::post("/measures/{id}/values/import/confirmation", Member, measures::pages::values_import::confirm),
    ]
}

/// All routes, each behind its policy.
pub fn router(app: &App) -> Router {
    let routes = all().into_iter().fold(Router::new(), |router, route| {
        let (app, policy, cached) = (app.clone(), route.policy, route.cached);
        let guard = from_fn(move |request, next: Next| admit(app.clone(), policy, cached, request, next));
        router.route(route.path, route.handler.layer(guard))
    });
    let nothing = || async { crate::error::Error::NotFound };
    routes.fallback(nothing).method_not_allowed_fallback(nothing).with_state(app.clone())
}
