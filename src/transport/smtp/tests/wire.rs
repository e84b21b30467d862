//! The count of octets that decides between "try again" and "in doubt", on a stream that fails where it is told.

use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use crate::transport::interface::Dot;
use crate::transport::smtp::tests::server::content;
use crate::transport::smtp::wire::Wire;

/// Takes at most `step` octets a write and `room` in all; then it fails. What was tried is remembered.
struct Narrow {
    room: usize,
    step: usize,
    tried: Arc<Mutex<Vec<Vec<u8>>>>,
}

impl AsyncRead for Narrow {
    fn poll_read(self: Pin<&mut Self>, _: &mut Context<'_>, _: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Poll::Pending
    }
}

impl AsyncWrite for Narrow {
    fn poll_write(mut self: Pin<&mut Self>, _: &mut Context<'_>, octets: &[u8]) -> Poll<io::Result<usize>> {
        self.tried.lock().unwrap().push(octets.to_vec());
        let taken = octets.len().min(self.room).min(self.step);
        if taken == 0 {
            return Poll::Ready(Err(io::ErrorKind::BrokenPipe.into()));
        }
        self.room -= taken;
        Poll::Ready(Ok(taken))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}

#[tokio::test]
async fn doubt_begins_exactly_where_an_octet_of_the_terminator_can_have_left() {
    let content = content();
    let terminator = content.terminator();
    for encrypted in [false, true] {
        for step in [1, 7, usize::MAX] {
            for room in 0..=content.octets().len() {
                let tried = Arc::new(Mutex::new(Vec::new()));
                let stream = Box::new(Narrow { room, step, tried: Arc::clone(&tried) });
                let mut wire = if encrypted { Wire::encrypted(stream) } else { Wire::clear(stream) };
                let mut dot = Dot::NotSent;
                let result = wire.write_content(content.octets(), terminator, &mut dot).await;
                assert_eq!(result.is_ok(), room == content.octets().len());
                // A plain socket that fails has taken nothing. TLS may have sent what it was given before it failed.
                let possible = if encrypted { room >= terminator } else { room > terminator };
                let expected = if possible { Dot::MayBeOut } else { Dot::NotSent };
                assert_eq!(dot, expected, "encrypted {encrypted}, {step} at a time, {room} of {terminator}");
                if dot == Dot::NotSent && encrypted {
                    let octets = tried.lock().unwrap().concat();
                    assert!(!octets.ends_with(b".\r\n"), "TLS was given the terminator: {octets:?}");
                }
            }
        }
    }
}

#[tokio::test]
async fn a_plain_message_is_one_write() {
    let tried = Arc::new(Mutex::new(Vec::new()));
    let stream = Box::new(Narrow { room: usize::MAX, step: usize::MAX, tried: Arc::clone(&tried) });
    let content = content();
    Wire::clear(stream).write_content(content.octets(), content.terminator(), &mut Dot::NotSent.clone()).await.unwrap();
    assert_eq!(*tried.lock().unwrap(), [content.octets().to_vec()]);
}
