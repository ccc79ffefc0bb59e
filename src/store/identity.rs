//! Whose this state is, and who its newsletter is to its readers: what is made once with the state is never changed
//! afterwards.

use super::{
    Error, Store,
    row::{Row, json},
};
use crate::model::{Identity, Owner};

impl Store {
    /// The newsletter's identity, its secret made with the state.
    pub async fn identity(&self) -> Result<Identity, Error> {
        let row = sqlx::query("select id, secret, list_id from identity where id = 1");
        let row =
            row.fetch_one(&self.pool).await.map_err(Error::doing("reading the newsletter's identity"))?;
        let row = Row::of("the newsletter's identity", "id", &row);
        Ok(Identity { secret: row.bytes("secret")?, list_id: row.get("list_id")? })
    }

    /// Keeps the List-Id of the first mail; one that is kept already stays.
    pub async fn keep_list_id(&self, list_id: &str) -> Result<(), Error> {
        let keep = sqlx::query("update identity set list_id = $1 where list_id is null").bind(list_id);
        keep.execute(&self.pool).await.map(drop).map_err(Error::doing("keeping the List-Id"))
    }
    /// The configuration that this state belongs to; `None` before one has used it.
    pub async fn owner(&self) -> Result<Option<Owner>, Error> {
        let row = sqlx::query("select id, owner from identity where id = 1").fetch_one(&self.pool).await;
        let row = row.map_err(Error::doing("reading whose state it is"))?;
        Row::of("the newsletter's identity", "id", &row).if_any("owner", Row::json)
    }

    /// Makes the state that of this configuration.
    pub async fn keep_owner(&self, owner: &Owner) -> Result<(), Error> {
        let keep = sqlx::query("update identity set owner = $1 where id = 1");
        let keep = keep.bind(json("the owner of the state", owner)?).execute(&self.pool).await;
        keep.map(drop).map_err(Error::doing("keeping whose state it is"))
    }
}
