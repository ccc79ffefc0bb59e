//! TLS: a stream to a mail server in, an encrypted one out, from the first byte or after STARTTLS. Certificates are
//! checked as the operating system would; never otherwise.

use std::{io, sync::Arc};

use rustls_platform_verifier::BuilderVerifierExt;
use tokio_rustls::{
    TlsConnector,
    client::TlsStream,
    rustls::{self, ClientConfig, crypto::aws_lc_rs, pki_types::ServerName},
};

use super::wire::Wire;

/// Shakes hands over `stream` with the server called `host`, a name or an address.
pub(super) async fn encrypted(stream: Wire, host: &str) -> io::Result<TlsStream<Wire>> {
    let config = config().map_err(io::Error::other)?;
    let name = ServerName::try_from(host.to_owned()).map_err(io::Error::other)?;
    TlsConnector::from(Arc::new(config)).connect(name, stream).await
}

/// TLS 1.2 and 1.3 with the cryptography named here: left to rustls, two of them in one program are a panic.
fn config() -> Result<ClientConfig, rustls::Error> {
    let builder = ClientConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()));
    Ok(builder.with_safe_default_protocol_versions()?.with_platform_verifier()?.with_no_client_auth())
}
