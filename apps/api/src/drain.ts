import type { INestApplicationContext } from '@nestjs/common';
import { EventStreams, TurnRunner } from '@docent/chat';
import { ServiceController } from './service.controller';
import type { ProductSockets } from './sockets/product-sockets';
import type { OpenRequests } from './web/open-requests';

/** Readers come back within this time, each after its own share of it, so that they don't all come at once. */
const spreadMs = 3000;
/** After the ten seconds that answers may take; so that with what follows the end comes within 30 s. */
const requestsWithinMs = 8000;

/**
 * What happens before a process closes: it says that it serves no more; running answers finish or are let go for another process; readers
 * are sent away and come back elsewhere; requests are answered. Nothing is cut that has somewhere to go.
 */
export async function drain(app: INestApplicationContext, sockets: ProductSockets, requests: OpenRequests): Promise<void> {
  const service = <T>(type: new (...parts: never[]) => T) => app.get(type as never, { strict: false }) as T;
  const shareOfSpread = () => 200 + Math.round(Math.random() * spreadMs);
  service(ServiceController).drain();
  await service(TurnRunner).finish();
  sockets.sendAway(shareOfSpread);
  service(EventStreams).sendAway(shareOfSpread);
  await requests.finish(requestsWithinMs);
}
