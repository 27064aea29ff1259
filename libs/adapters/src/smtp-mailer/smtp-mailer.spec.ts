import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { expect, it } from 'vitest';
import { mailerTests } from '@docent/ports/testing';
import { SmtpMailer } from './smtp-mailer';

interface Received {
  from: string;
  to: string[];
  content: string;
  user: string | undefined;
}

/** A real mail server on a free port. */
async function openServer(user?: { name: string; password: string }) {
  const received: Received[] = [];
  const server = new SMTPServer({
    logger: false,
    authOptional: !user,
    disabledCommands: user ? [] : ['AUTH'],
    allowInsecureAuth: true,
    onAuth: (given, _session, answer) =>
      given.username === user?.name && given.password === user?.password
        ? answer(null, { user: given.username })
        : answer(new Error('wrong password')),
    onData: (stream, session, done) => {
      const pieces: Buffer[] = [];
      stream.on('data', (piece: Buffer) => pieces.push(piece));
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope;
        received.push({
          from: mailFrom ? mailFrom.address : '',
          to: rcptTo.map(({ address }) => address),
          content: Buffer.concat(pieces).toString('utf8'),
          user: session.user ?? undefined,
        });
        done();
      });
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.server.address() as AddressInfo;
  return { received, port, close: () => new Promise<void>((closed) => server.close(() => closed())) };
}

const from = 'docent@shop.example.com';

mailerTests('SMTP', async () => {
  const server = await openServer();
  const mailer = new SmtpMailer({ url: `smtp://127.0.0.1:${server.port}?tls.rejectUnauthorized=false`, from });
  return {
    mailer,
    sent: async () => server.received.map(({ content }) => content),
    close: async () => {
      await mailer.close();
      await server.close();
    },
  };
});

it('names one sender and one receiver to the server, and signs in', async () => {
  const server = await openServer({ name: 'docent', password: 'a quiet lighthouse' });
  const mailer = new SmtpMailer({
    url: `smtp://docent:${encodeURIComponent('a quiet lighthouse')}@127.0.0.1:${server.port}?tls.rejectUnauthorized=false`,
    from,
  });
  await mailer.send({ to: 'ada@example.com', subject: 'Hello', text: '.\r\nRCPT TO:<eve@example.com>\r\n.\r\n' });
  expect(server.received).toMatchObject([{ from, to: ['ada@example.com'], user: 'docent' }]);
  expect(server.received[0]!.content).toMatch(/^Message-ID: <[0-9a-f-]+@shop\.example\.com>$/m);
  await mailer.close();
  await server.close();
});

it('fails where the server does not take it, so that whoever sends tries again', async () => {
  const server = await openServer({ name: 'docent', password: 'a quiet lighthouse' });
  const wrong = new SmtpMailer({ url: `smtp://docent:wrong@127.0.0.1:${server.port}?tls.rejectUnauthorized=false`, from });
  await expect(wrong.send({ to: 'ada@example.com', subject: 'Hello', text: 'Hello' })).rejects.toThrow();
  await wrong.close();
  await server.close();
  const gone = new SmtpMailer({ url: `smtp://127.0.0.1:${server.port}`, from });
  await expect(gone.send({ to: 'ada@example.com', subject: 'Hello', text: 'Hello' })).rejects.toThrow();
  expect(server.received).toEqual([]);
  await gone.close();
});
