import type { ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { composeAnswer } from './compose-answer';
import type { Protocol } from './protocol';
import type { Script } from './script';

export interface Stage {
  response: ServerResponse;
  protocol: Protocol;
  path: string;
  body: Record<string, unknown>;
  model: string;
}

/** Answers one request as the script says. Ends early, without noise, when the caller goes away. */
export async function playScript(script: Script, stage: Stage): Promise<void> {
  const { response, protocol } = stage;
  if (script.kind === 'status') return refuse(script, stage);
  if (script.kind === 'stall' && script.beforeHeaders) return;
  if (script.kind === 'garbage')
    return void response
      .writeHead(200, { 'content-type': 'text/event-stream' })
      .end('data: {"this is": not json\n\n\u0000\u0001\n\ndata: <<<\n\n');
  if (script.kind === 'web_page')
    return void response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Welcome</title>');
  const pieces = composeAnswer(script, protocol.promptOf(stage.body));
  if (protocol.streams(stage.path, stage.body)) await stream(script, pieces, stage);
  else answerWhole(script, pieces, stage);
}

function refuse(script: Extract<Script, { kind: 'status' }>, { response, protocol }: Stage): void {
  const retryAfter = script.retryAfterSeconds === undefined ? {} : { 'retry-after': String(script.retryAfterSeconds) };
  response.writeHead(script.status, { 'content-type': 'application/json', ...retryAfter });
  response.end(JSON.stringify(protocol.errorBody(script.status, script.message ?? `Scripted refusal ${script.status}`)));
}

async function stream(script: Script, pieces: string[], stage: Stage): Promise<void> {
  const { response, protocol, model } = stage;
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
  response.write(protocol.head(model));
  if (script.kind === 'pieces' && script.firstDelayMs) await wait(script.firstDelayMs);
  const delayMs = 'delayMs' in script ? (script.delayMs ?? 0) : 0;
  for (const piece of pieces) {
    if (response.destroyed) return;
    response.write(protocol.piece(piece, model));
    if (delayMs > 0) await wait(delayMs);
  }
  finish(script, pieces, stage);
}

function finish(script: Script, pieces: string[], { response, protocol, model }: Stage): void {
  switch (script.kind) {
    case 'stall':
      return;
    case 'cut':
      // Let the pieces leave first: what is cut is the stream, not the pieces.
      setImmediate(() => response.write('data: {"choi', () => response.socket?.resetAndDestroy()));
      return;
    case 'unfinished':
      return void response.end();
    case 'error_in_stream':
      return void response.end(protocol.errorInStream(script.message ?? 'The model is overloaded'));
    default:
      response.end(protocol.end(script.kind === 'pieces' ? (script.finish ?? 'stop') : 'stop', model, pieces.length));
  }
}

function answerWhole(script: Script, pieces: string[], { response, protocol, model }: Stage): void {
  if (script.kind === 'stall') return;
  if (script.kind === 'cut') return void response.socket?.resetAndDestroy();
  const reason = script.kind === 'pieces' ? (script.finish ?? 'stop') : 'stop';
  response
    .writeHead(200, { 'content-type': 'application/json' })
    .end(JSON.stringify(protocol.whole(pieces.join(''), reason, model)));
}
