//! One mail transaction (RFC 5321 section 3.3): an envelope and a message in, whether the server has it out, or at which
//! step it failed and how. Never begins a message a second time.

use std::pin::pin;

use memchr::memmem;

use super::{
    Options,
    answer::Answer,
    line::{Line, answer, within},
};
use crate::{
    mailer::{
        Address, Envelope,
        reply::{Fault, Step},
    },
    model::Reply,
};

const DATA: &str = "DATA\r\n";

/// Why a message did not get through, and where.
pub(super) type Failure = (Step, Fault);

/// Offers the envelope, then sends the message.
pub(super) async fn send(
    options: &Options,
    line: &mut Line,
    envelope: &Envelope,
    message: &[u8],
) -> Result<(), Failure> {
    let mail = format!("MAIL FROM:<{}>{}\r\n", envelope.from, parameters(line, envelope)?);
    let rcpt = format!("RCPT TO:<{}>\r\n", envelope.to);
    match line.offers.has("PIPELINING") {
        true => offer_at_once(options, line, &(mail + &rcpt + DATA)).await?,
        false => offer(options, line, &mail, &rcpt).await?,
    }
    text(options, line, message).await
}

/// What MAIL must announce: nothing, unless an address is not ASCII (RFC 6531).
fn parameters(line: &Line, envelope: &Envelope) -> Result<&'static str, Failure> {
    let is_ascii = |address: &Address| AsRef::<str>::as_ref(address).is_ascii();
    if is_ascii(&envelope.from) && is_ascii(&envelope.to) {
        Ok("")
    } else if line.offers.has("SMTPUTF8") {
        Ok(" SMTPUTF8 BODY=8BITMIME")
    } else {
        Err((Step::Rcpt, Fault::Refusal(Reply::new(553, "5.6.7 the server takes ASCII addresses only"))))
    }
}

/// MAIL, RCPT and DATA, each after the answer to the one before.
async fn offer(options: &Options, line: &mut Line, mail: &str, rcpt: &str) -> Result<(), Failure> {
    expect(Step::Mail, answer(options, "MAIL", line.talk.command(mail)).await)?;
    expect(Step::Rcpt, answer(options, "RCPT", line.talk.command(rcpt)).await)?;
    expect(Step::Data, answer(options, "DATA", line.talk.command(DATA)).await)
}

/// The three in one write (RFC 2920), then an answer to each: the first one refused is the failure.
async fn offer_at_once(options: &Options, line: &mut Line, group: &str) -> Result<(), Failure> {
    let mail = expect(Step::Mail, answer(options, "MAIL", line.talk.command(group)).await);
    if ends_connection(&mail) {
        return mail;
    }
    let rcpt = expect(Step::Rcpt, answer(options, "RCPT", line.talk.hear()).await);
    if ends_connection(&rcpt) {
        line.lost = true;
        return mail.and(rcpt);
    }
    let data = expect(Step::Data, answer(options, "DATA", line.talk.hear()).await);
    if ends_connection(&data) {
        line.lost = true;
    } else if data.is_ok() && (mail.is_err() || rcpt.is_err()) {
        withdraw(options, line, rcpt.is_ok()).await;
    }
    mail.and(rcpt).and(data)
}

/// Ends a transaction in which the server waits for a text though it refused sender or reader: with a dot
/// alone, which it answers with an error for want of a recipient (RFC 2920 section 3.1). If it has one, that
/// reader would get an empty message; then the only way is to hang up.
async fn withdraw(options: &Options, line: &mut Line, has_recipient: bool) {
    let ended = match has_recipient {
        false => answer(options, "the final dot", line.talk.command(".\r\n")).await,
        true => Err(Fault::Lost("hung up".to_owned())),
    };
    line.lost = ended.is_err_and(|fault| fault.ends_connection());
}

/// The message and its final dot in one write. Whether all of it may have left decides between "not sent" and
/// "unknown", and how long the answer is waited for. An answer that breaks off after its code was said is an answer:
/// what the server has must not be sent again for want of a line end.
async fn text(options: &Options, line: &mut Line, message: &[u8]) -> Result<(), Failure> {
    let no_text = || (Step::Text, Fault::Refusal(Reply::new(554, "5.6.0 the message is no text")));
    let text = dotted(message).ok_or_else(no_text)?;
    let count = line.count.clone();
    let end = count.get() + text.len() as u64;
    let step = || if count.get() < end { Step::Text } else { Step::Dot };
    let mut waited = options.timeout;
    let mut answered = {
        let mut sending = pin!(line.talk.command(&text));
        let mut result = within(options, options.timeout, &mut sending).await;
        if result.is_none() && step() == Step::Dot {
            result = within(options, options.final_timeout, &mut sending).await;
            waited += options.final_timeout;
        }
        let late = || Err(Fault::Lost(format!("no answer to the message within {waited:?}")));
        result.unwrap_or_else(late)
    };
    if matches!(answered, Err(Fault::Lost(_))) && step() == Step::Dot {
        line.lost = true;
        answered = line.talk.broken_off().unwrap_or(answered);
    }
    expect(step(), answered)
}

/// The message as it goes over the wire (RFC 5321 section 4.5.2): a dot that begins a line doubled, behind a bare line
/// feed too, for some servers end a message there; and the final dot. None for what is not UTF-8.
fn dotted(message: &[u8]) -> Option<String> {
    let message = str::from_utf8(message).ok()?;
    let mut text = String::with_capacity(message.len() + message.len() / 64 + 8);
    let mut copied = 0;
    let first = message.starts_with('.').then_some(0);
    for dot in first.into_iter().chain(memmem::find_iter(message.as_bytes(), "\n.").map(|at| at + 1)) {
        text.push_str(message.get(copied..dot)?);
        text.push('.');
        copied = dot;
    }
    text.push_str(message.get(copied..)?);
    // The dot stands on a line of its own.
    text.push_str(if text.ends_with("\r\n") { ".\r\n" } else { "\r\n.\r\n" });
    Some(text)
}

fn ends_connection(answered: &Result<(), Failure>) -> bool {
    answered.as_ref().is_err_and(|(_, fault)| fault.ends_connection())
}

/// An answer of the kind that is due at this step. Any other means that client and server are out of step.
fn expect(step: Step, answered: Result<Answer, Fault>) -> Result<(), Failure> {
    let due = match step {
        Step::Data => 300..400,
        Step::Mail | Step::Rcpt | Step::Text | Step::Dot => 200..300,
    };
    match answered {
        Ok(Answer { code, .. }) if due.contains(&code) => Ok(()),
        Ok(Answer { code, .. }) => {
            Err((step, Fault::Lost(format!("the server gave the answer {code} out of place"))))
        }
        Err(fault) => Err((step, fault)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dots_that_begin_a_line_are_doubled_and_the_last_stands_alone() {
        let wire = |message: &str| dotted(message.as_bytes()).expect("text");
        assert_eq!(wire("a\r\n.\r\n..b\r\nc.\r\n"), "a\r\n..\r\n...b\r\nc.\r\n.\r\n");
        assert_eq!(wire(".no line end"), "..no line end\r\n.\r\n");
        assert_eq!(wire("a\n.\nQUIT"), "a\n..\nQUIT\r\n.\r\n");
        assert_eq!(wire(""), "\r\n.\r\n");
        assert_eq!(dotted(b"\xff"), None);
    }
}
