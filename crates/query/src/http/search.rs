//! `GET /api/search`.

use axum::{Json, extract::State};

use super::{
    Shared, ask,
    params::{self, Pairs},
    problem::Problem,
};
use crate::wire::AnswerJson;

pub(super) async fn search(State(live): Shared, pairs: Pairs) -> Result<Json<AnswerJson>, Problem> {
    let request = params::request(&pairs)?;
    let answer = ask(&live, move |searcher| searcher.search(&request)).await?;
    Ok(Json(AnswerJson::new(&answer)))
}
