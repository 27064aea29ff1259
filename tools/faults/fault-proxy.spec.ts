import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FaultProxy, type Fault } from './fault-proxy';

const answer = Buffer.from('a quiet lighthouse at noon');
let server: Server;
let heard: string;
let proxy: FaultProxy | undefined;

beforeEach(async () => {
  heard = '';
  server = createServer((socket) => {
    socket.on('error', () => undefined).on('data', (piece) => (heard += piece.toString()));
    socket.write(answer);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(async () => {
  await proxy?.close();
  server.close();
});

/** What a client gets until the connection ends or the whole answer is there. */
async function hears(fault: Fault, upstream: number | null = (server.address() as AddressInfo).port): Promise<string> {
  proxy = await FaultProxy.start({ fault: () => fault, upstream: () => upstream });
  const socket = connect(Number(new URL(proxy.url).port), '127.0.0.1');
  socket.on('error', () => undefined);
  socket.write('question');
  let got = '';
  await new Promise<void>((done) => {
    socket.on('close', () => done()).on('data', (piece) => {
      got += piece.toString();
      if (got.length === answer.length) done();
    });
  });
  socket.destroy();
  return got;
}

describe('the fault proxy', () => {
  it('passes everything on where there is no fault', async () => {
    expect(await hears({ kind: 'none' })).toBe(answer.toString());
  });

  it('cuts an answer at exactly the byte that it was told', async () => {
    for (const after of [0, 1, 7, answer.length - 1]) {
      expect(await hears({ kind: 'cut', after })).toBe(answer.subarray(0, after).toString());
      await proxy!.close();
    }
  });

  it('cuts a request before the server has heard it whole', async () => {
    await hears({ kind: 'cutRequest', after: 3 });
    // The server speaks first: the client has its answer before the server has heard anything.
    await expect.poll(() => heard).toBe('que');
    await proxy!.close();
    await new Promise((closed) => server.close(closed));
    expect(heard).toBe('que');
  });

  it('drips and stalls without losing a byte', async () => {
    for (const forBytes of [0, 5, 600]) {
      expect(await hears({ kind: 'drip', after: 2, bytes: 3, everyMs: 1, forBytes })).toBe(answer.toString());
      await proxy!.close();
    }
    expect(await hears({ kind: 'stall', after: 5, forMs: 20 })).toBe(answer.toString());
  });

  it('falls silent on both sides where a connection is half open, and lets go in the end', async () => {
    expect(await hears({ kind: 'halfOpen', after: 4, forMs: 50 })).toBe(answer.subarray(0, 4).toString());
  });

  it('refuses, and says nobody is there', async () => {
    expect(await hears({ kind: 'refuse' })).toBe('');
    await proxy!.close();
    expect(await hears({ kind: 'none' }, null)).toBe('');
    expect(proxy!.counts.nobody).toBe(1);
  });
});
