import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { ownPort } from '@docent/scripted-model';
import type { AddressJudge } from './address-judge';
import { GuardedEgress, type GuardedEgressOptions } from './guarded-egress';
import { isPublicAddress } from './is-public-address';

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const clean of cleanups.splice(0)) await clean();
});

describe('GuardedEgress', () => {
  it.each(loopbackHosts())('opens no connection to %s', async (host) => {
    const canaries = [await aCanary('127.0.0.1'), await aCanary('::1')];
    const egress = anEgress();
    for (const { port } of canaries) {
      for (const url of [`http://${host}:${port}/`, `http://${host}/`, `https://${host}/`, `http://${host}:8080/`]) {
        await expect(get(egress, url)).rejects.toMatchObject(refused(host));
        await expect(egress.fetchFunction({ trustedAddress: false })(url)).rejects.toMatchObject(refused(host));
      }
    }
    expect(canaries.map((canary) => canary.connections())).toEqual([0, 0]);
  });

  it('opens no connection for any way of writing an inner address, on the web ports of its own guard', async () => {
    const canary = await aCanary('127.0.0.1');
    const egress = anEgress({ resolve: () => Promise.resolve([{ address: '127.0.0.1', family: 4 }]) });
    await fc.assert(
      fc.asyncProperty(anyInnerAddress, async (host) => {
        await expect(get(egress, `http://${host}:8080/`)).rejects.toMatchObject({ code: 'address_not_allowed' });
      }),
      { numRuns: 300 },
    );
    expect(canary.connections()).toBe(0);
  });

  it('refuses a name as soon as one of its addresses is not public', async () => {
    const answers = [
      { address: '93.184.216.34', family: 4 },
      { address: '10.0.0.7', family: 4 },
    ];
    await expect(get(anEgress({ resolve: () => Promise.resolve(answers) }), 'http://mixed.example/')).rejects.toMatchObject({
      code: 'address_not_allowed',
    });
  });

  it('asks for a name once per connection and stays with the answer, however the next one would be', async () => {
    const front = await aServer((_request, response) => response.end('front'), outerAddress, await ownPort());
    const canary = await aCanary('127.0.0.1', portOf(front));
    const answers = [outerAddress, '127.0.0.1', outerAddress];
    let asked = 0;
    const egress = anEgress({ judge: outerOnly, resolve: () => Promise.resolve([{ address: answers[asked++]!, family: 4 }]) });
    expect(await get(egress, `http://flips.example:${portOf(front)}/`)).toMatchObject({
      status: 200,
      body: Buffer.from('front'),
    });
    expect(asked).toBe(1);
    await expect(get(egress, `http://flips.example.:${portOf(front)}/`)).rejects.toMatchObject({ code: 'address_not_allowed' });
    expect(canary.connections()).toBe(0);
  });

  it('judges every redirect again', async () => {
    const canary = await aCanary('127.0.0.1');
    const inner = [
      'http://127.0.0.1',
      'http://127.1',
      'http://2130706433',
      'http://[::ffff:7f00:1]',
      'http://inner.example',
      '//0x7f.1',
    ];
    const other = [
      'file:///etc/passwd',
      'http://user:secret@example.com/',
      'gopher://127.0.0.1/',
      'http://[::1',
      'data:text/plain,hello',
    ];
    for (const target of [...inner.map((origin) => `${origin}:${canary.port}/`), ...other]) {
      const front = await aServer((_request, response) => response.writeHead(302, { location: target }).end(), outerAddress);
      const egress = anEgress({ judge: outerOnly, resolve: () => Promise.resolve([{ address: '127.0.0.1', family: 4 }]) });
      await expect(get(egress, front)).rejects.toMatchObject({ code: 'address_not_allowed' });
    }
    expect(canary.connections()).toBe(0);
  });

  it('gives up after five redirects', async () => {
    let hits = 0;
    const server = await aServer((_request, response) => response.writeHead(302, { location: `/${(hits += 1)}` }).end());
    await expect(get(anOpenEgress(), server)).rejects.toMatchObject({ code: 'too_many_redirects' });
    expect(hits).toBe(6);
  });

  it('takes nothing that was meant for one server to another', async () => {
    const seen: Record<string, unknown>[] = [];
    const second = await aServer((request, response) => {
      seen.push({ method: request.method, ...request.headers });
      response.end('there');
    });
    const first = await aServer((_request, response) => response.writeHead(307, { location: second, 'set-cookie': 'a=b' }).end());
    const answer = await anOpenEgress().fetch({
      url: first,
      method: 'POST',
      body: 'secret',
      headers: { authorization: 'Bearer x' },
      maxBytes: 100,
      timeoutMs: 5000,
    });
    expect(answer).toMatchObject({ url: second, status: 200 });
    expect(seen[0]).toMatchObject({ method: 'GET', 'user-agent': 'DocentBot/1.0' });
    expect(seen[0]).not.toHaveProperty('authorization');
    expect(seen[0]).not.toHaveProperty('cookie');
  });

  it('stops a body beyond its limit, counted after unpacking', async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000));
    const server = await aServer((_request, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb));
    await expect(get(anOpenEgress(), server)).rejects.toMatchObject({ code: 'too_large' });
  });

  it('ends a silent server by its time, and at once when the caller gives up', async () => {
    const server = await aServer(() => undefined);
    await expect(anOpenEgress().fetch({ url: server, maxBytes: 10, timeoutMs: 50 })).rejects.toMatchObject({ code: 'timeout' });
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(anOpenEgress().fetch({ url: server, maxBytes: 10, timeoutMs: 5000, signal })).rejects.toThrow('enough');
  });

  it('gives an error status as an answer, and a dead port as unreachable', async () => {
    const server = await aServer((_request, response) => response.writeHead(404).end('gone'));
    expect(await get(anOpenEgress(), server)).toMatchObject({ status: 404, body: Buffer.from('gone') });
    await expect(get(anOpenEgress(), 'http://127.0.0.1:1/')).rejects.toMatchObject({
      code: 'unreachable',
      message: expect.not.stringContaining('127'),
    });
  });

  it('streams through its fetch function to addresses that the operator trusts, and follows no redirect there', async () => {
    const server = await aServer((request, response) => {
      if (request.url === '/away') return response.writeHead(302, { location: '/' }).end();
      response.write('data: one\n\n');
      return response.end(`data: ${request.method}\n\n`);
    });
    const fetch = anEgress().fetchFunction({ trustedAddress: true });
    const response = await fetch(new Request(server, { method: 'POST', body: 'question' }));
    expect(await response.text()).toBe('data: one\n\ndata: POST\n\n');
    await expect(fetch(`${server}away`)).rejects.toMatchObject({ code: 'unreachable' });
  });
});

describe('isPublicAddress', () => {
  it.each(['8.8.8.8', '93.184.216.34', '2606:2800:220:1:248:1893:25c8:1946', '2a00:1450:4001:80b::200e'])(
    'takes %s',
    (address) => {
      expect(isPublicAddress(address)).toBe(true);
    },
  );

  it.each(
    (
      '0.0.0.0 0.1.2.3 10.1.2.3 100.64.0.1 127.0.0.1 127.255.255.254 169.254.169.254 172.16.0.1 172.31.255.255 192.0.0.8 192.0.2.1 192.88.99.1 ' +
      '192.168.0.1 198.18.0.1 198.19.255.255 198.51.100.1 203.0.113.1 224.0.0.1 239.1.1.1 240.0.0.1 255.255.255.255 168.63.129.16 :: ::1 ' +
      '::127.0.0.1 ::8.8.8.8 ::ffff:8.8.8.8 ::ffff:127.0.0.1 ::ffff:0:127.0.0.1 64:ff9b::7f00:1 64:ff9b:1::1 2002:7f00:1:: 2001::1 2001:db8::1 ' +
      '100::1 fc00::1 fd00:ec2::254 fe80::1 fec0::1 ff02::1 3fff::1 4000::1 no-address'
    ).split(' '),
  )('refuses %s', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
});

/** Stands for the public internet on a machine without any: only this address of the loopback net counts as outside. */
const outerAddress = '127.0.0.77';
const outerOnly: AddressJudge = { allowsAddress: (address) => address === outerAddress, allowsPort: () => true };

/** Some systems do not resolve the absolute form of the local name; then there is nowhere to connect to either. */
function refused(host: string) {
  return {
    code: expect.stringMatching(host === 'localhost.' ? /^(?:address_not_allowed|unreachable)$/u : /^address_not_allowed$/u),
  };
}

function loopbackHosts(): string[] {
  return (
    '127.0.0.1 127.1 127.0.1 2130706433 0x7f000001 0x7f.0.0.1 017700000001 0177.0.0.1 127.0.0.1. 0 0.0.0.0 localhost localhost. LOCALHOST ' +
    '[::1] [::] [::ffff:127.0.0.1] [::ffff:7f00:1] [::127.0.0.1] [64:ff9b::127.0.0.1] [2002:7f00:1::] [0:0:0:0:0:0:0:1] ①②⑦.0.0.1 127。0。0。1 ' +
    '169.254.169.254 [fd00:ec2::254]'
  ).split(' ');
}

const innerV4 = fc.oneof(
  fc.tuple(fc.constantFrom(0, 10, 127), fc.nat(255), fc.nat(255), fc.nat(255)),
  fc.tuple(fc.constant(192), fc.constant(168), fc.nat(255), fc.nat(255)),
  fc.tuple(fc.constant(169), fc.constant(254), fc.nat(255), fc.nat(255)),
  fc.tuple(fc.constant(100), fc.integer({ min: 64, max: 127 }), fc.nat(255), fc.nat(255)),
  fc.tuple(fc.integer({ min: 224, max: 255 }), fc.nat(255), fc.nat(255), fc.nat(255)),
);

/** Inner IPv4 addresses as browsers and resolvers understand them: dotted, short, octal, hexadecimal, one number, inside IPv6. */
const anyInnerAddress = fc.tuple(innerV4, fc.nat(9)).map(([bytes, way]) => {
  const [a, b, c, d] = bytes as [number, number, number, number];
  const number = ((a * 256 + b) * 256 + c) * 256 + d;
  const hex = [(a * 256 + b).toString(16), (c * 256 + d).toString(16)].join(':');
  const ways = [
    bytes.join('.'),
    String(number),
    `0x${number.toString(16)}`,
    `0${number.toString(8)}`,
    bytes.map((byte) => `0x${byte.toString(16)}`).join('.'),
    bytes.map((byte) => `0${byte.toString(8)}`).join('.'),
    `${a}.${(b * 256 + c) * 256 + d}`,
    `[::ffff:${hex}]`,
    `[64:ff9b::${hex}]`,
    `[2002:${hex}::1]`,
  ];
  return ways[way]!;
});

function anEgress(options: GuardedEgressOptions = {}): GuardedEgress {
  const egress = new GuardedEgress(options);
  cleanups.push(() => egress.close());
  return egress;
}

function anOpenEgress(): GuardedEgress {
  return anEgress({ allowPrivateNetwork: true });
}

function get(egress: GuardedEgress, url: string) {
  return egress.fetch({ url, maxBytes: 10_000, timeoutMs: 5000 });
}

async function aServer(listener: RequestListener, address = '127.0.0.1', atPort = 0): Promise<string> {
  const { port } = await listen(listener, address, atPort);
  return `http://${address}:${port}/`;
}

function portOf(url: string): number {
  return Number(new URL(url).port);
}

/** A server that only counts who knocks. */
async function aCanary(address: string, atPort = 0): Promise<{ port: number; connections: () => number }> {
  let count = 0;
  const { server, port } = await listen((_request, response) => response.end('inner'), address, atPort);
  server.on('connection', () => (count += 1));
  return { port, connections: () => count };
}

async function listen(listener: RequestListener, address: string, atPort = 0): Promise<{ server: Server; port: number }> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(atPort, address, resolve));
  cleanups.push(() => new Promise((resolve) => server.close(resolve).closeAllConnections()));
  return { server, port: (server.address() as AddressInfo).port };
}
