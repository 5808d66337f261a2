"""Against a small mail server on this machine that speaks real SMTP."""

import socketserver
import threading
from email.message import EmailMessage

import pytest

from succession.config import MailServer
from succession.outbox.sending import Postponed, RefusedForGood, ServerGone, smtp_transport


class Conversation(socketserver.StreamRequestHandler):
    def handle(self):
        self.say("220 ready")
        while line := self.rfile.readline():
            word = line.split()[0].upper()
            if word == b"RCPT" and self.server.answer:
                self.say(self.server.answer)
            elif word == b"DATA":
                self.say("354 go on")
                body = b""
                while (part := self.rfile.readline()) != b".\r\n":
                    body += part
                self.server.taken.append(body)
                self.say("250 taken")
            elif word == b"QUIT":
                self.say(self.server.farewell)
                return
            else:
                self.say("250 fine")

    def say(self, words):
        self.wfile.write(words.encode() + b"\r\n")


@pytest.fixture
def server():
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Conversation) as server:
        server.answer, server.farewell, server.taken = None, "221 bye", []
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def send(port):
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@example.org", "b@example.org", "Hallo"
    message.set_content("Guten Tag")
    smtp_transport(MailServer(host="127.0.0.1", port=port, starttls=False))(message)


def test_a_message_reaches_the_server(server):
    send(server.server_address[1])
    assert b"Guten Tag" in server.taken[0]


@pytest.mark.parametrize(("answer", "error"), [("451 later", Postponed), ("550 no such person", RefusedForGood)])
def test_what_the_server_says_about_the_recipient_decides_whether_it_is_tried_again(server, answer, error):
    server.answer = answer
    with pytest.raises(error, match=answer):
        send(server.server_address[1])


@pytest.mark.parametrize("farewell", ["250 whatever", "421 crashing now", "nonsense"])
def test_what_was_accepted_is_sent_however_the_server_takes_leave(server, farewell):  # R6: else it would be sent again
    server.farewell = farewell
    send(server.server_address[1])
    assert len(server.taken) == 1


def test_no_server_at_all_is_no_fault_of_the_mail(server):
    server.server_close()
    with pytest.raises(ServerGone):
        send(1)


def test_without_a_host_there_is_no_transport():
    assert smtp_transport(MailServer()) is None
