"""An SMTP server for tests: Debian's aiosmtpd in front of a maildir.

usage: smtp-sink.py MAILDIR

One command a line on standard input, one JSON object a line on standard output:
  (start)        {"listening": PORT}   on the loopback address
  answer NAME    {"answering": NAME}   how the following messages are met, see ANSWERS
  sync           {"synced": true}      all that happened before has been told
  (by itself)    {"attempt": FROM}     a client began a message
  (by itself)    {"stored": FILE, "from": FROM, "to": [TO, ...]}

It ends with its standard input, so it cannot outlive the test that started it.
"""

import asyncio
import json
import os
import sys
import uuid

from aiosmtpd.smtp import SMTP

# At which step of the conversation something else happens than "250 OK", and what.
ANSWERS = {
    "accept": (None, None),
    "refuse-recipient": ("RCPT", "550 5.1.1 No such mailbox here"),
    "defer-recipient": ("RCPT", "451 4.7.1 Greylisted, try again later"),
    "refuse-message": ("DATA", "554 5.7.1 Message refused"),
    "defer-message": ("DATA", "452 4.3.1 Out of space, try again later"),
    "drop-before-message": ("MAIL", "drop"),
    "drop-after-message": ("STORED", "drop"),
    "silence-after-message": ("STORED", "silence"),
}


def tell(**fact):
    print(json.dumps(fact), flush=True)


class Sink:
    def __init__(self, maildir):
        self.maildir = maildir
        self.answer = "accept"
        for part in ("tmp", "new", "cur"):
            os.makedirs(os.path.join(maildir, part), exist_ok=True)

    async def met(self, step, server):
        """The refusal for this step, or None when the conversation goes on."""
        at, what = ANSWERS[self.answer]
        if step != at:
            return None
        if what == "drop":
            server.transport.abort()
            raise ConnectionResetError("dropped as told")
        if what == "silence":
            await asyncio.get_running_loop().create_future()
        return what

    async def handle_MAIL(self, server, session, envelope, address, options):
        tell(attempt=address)
        refusal = await self.met("MAIL", server)
        if refusal is None:
            envelope.mail_from = address
            envelope.mail_options.extend(options)
        return refusal or "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        refusal = await self.met("RCPT", server)
        if refusal is None:
            envelope.rcpt_tos.append(address)
        return refusal or "250 OK"

    async def handle_DATA(self, server, session, envelope):
        refusal = await self.met("DATA", server)
        if refusal is None:
            self.store(envelope)
            await self.met("STORED", server)
        return refusal or "250 OK"

    def store(self, envelope):
        name = f"{uuid.uuid4().hex}.eml"
        written = os.path.join(self.maildir, "tmp", name)
        delivered = os.path.join(self.maildir, "new", name)
        with open(written, "wb") as file:
            file.write(envelope.content)
        os.rename(written, delivered)
        tell(stored=delivered, **{"from": envelope.mail_from, "to": envelope.rcpt_tos})


async def main(maildir):
    sink = Sink(maildir)
    loop = asyncio.get_running_loop()
    # Dropped connections are the point, not news.
    loop.set_exception_handler(
        lambda l, c: None if isinstance(c.get("exception"), ConnectionResetError) else l.default_exception_handler(c))
    server = await loop.create_server(
        lambda: SMTP(sink, hostname="sink.test", enable_SMTPUTF8=True, loop=loop), "127.0.0.1", 0)
    tell(listening=server.sockets[0].getsockname()[1])

    commands = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(commands), sys.stdin)
    while line := (await commands.readline()).decode().strip():
        if line == "sync":
            tell(synced=True)
        else:
            answer = line.removeprefix("answer ")
            if answer not in ANSWERS:
                sys.exit(f"There is no answer called {answer}.")
            sink.answer = answer
            tell(answering=answer)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
