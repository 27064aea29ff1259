import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { routes } from '@docent/contracts';
import { aBot, answerEnds, aWorkspace, readEvents, request } from './support/api-client';
import { startApp, type StartedApp } from './support/start-app';

interface Received {
  from: string;
  to: string[];
  content: string;
}

let app: StartedApp;
let refusals = 0;
const received: Received[] = [];

/** Away for the first mail, as mail servers are at times. */
const mailServer = new SMTPServer({
  logger: false,
  authOptional: true,
  disabledCommands: ['AUTH', 'STARTTLS'],
  onMailFrom: (_, __, answer) =>
    refusals++ === 0 ? answer(Object.assign(new Error('come back later'), { responseCode: 451 })) : answer(),
  onData: (stream, { envelope }, done) => {
    const pieces: Buffer[] = [];
    stream.on('data', (piece: Buffer) => pieces.push(piece));
    stream.on('end', () => {
      const from = envelope.mailFrom ? envelope.mailFrom.address : '';
      received.push({ from, to: envelope.rcptTo.map(({ address }) => address), content: Buffer.concat(pieces).toString('utf8') });
      done();
    });
  },
});

beforeAll(async () => {
  await new Promise<void>((listening) => mailServer.listen(0, '127.0.0.1', listening));
  const { port } = mailServer.server.address() as AddressInfo;
  app = await startApp({ SMTP_URL: `smtp://127.0.0.1:${port}`, MAIL_FROM: 'help@shop.example.com' });
});
afterAll(async () => {
  await app?.close();
  await new Promise<void>((closed) => mailServer.close(() => closed()));
});

it('a transcript reaches the visitor through the mail server, also where that was away at first', async () => {
  const owner = await aWorkspace(app.url);
  const botId = await aBot(app.url, owner.as, { name: 'Guide' });
  await request(app.url, 'PUT', `/v1/bots/${botId}/engagement`, { mailTranscript: true }, owner.as);
  const session = await request(app.url, 'POST', routes.createVisitorSession.path, { botId }, { origin: app.url });
  const as = { visitor: String(session.body.token) };
  const conversationId = String((await request(app.url, 'POST', `/v1/bots/${botId}/conversations`, {}, as)).body.id);
  await request(
    app.url,
    'POST',
    `/v1/conversations/${conversationId}/messages`,
    { clientMessageId: 'first', text: 'Where is my parcel?' },
    as,
  );
  await readEvents(app.url, conversationId, as, answerEnds);
  const asked = await request(
    app.url,
    'POST',
    `/v1/conversations/${conversationId}/transcript-mail`,
    { email: 'ada@example.com' },
    as,
  );
  expect(asked.status).toBe(202);
  await expect.poll(() => received, { timeout: 50_000, interval: 200 }).toHaveLength(1);
  expect(refusals).toBe(2);
  expect(received[0]).toMatchObject({ from: 'help@shop.example.com', to: ['ada@example.com'] });
  const body = received[0]!.content.slice(received[0]!.content.indexOf('\r\n\r\n'));
  expect(Buffer.from(body, 'base64').toString('utf8')).toContain('Where is my parcel?');
});
