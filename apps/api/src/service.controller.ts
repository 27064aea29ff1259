import { Controller, Get, Header } from '@nestjs/common';
import { OutsideContract } from '@docent/auth';
import { AppError, TenantDb } from '@docent/platform';
import { readMetrics } from './web/metrics';

/** For operators and their machines. */
@Controller()
@OutsideContract()
export class ServiceController {
  private isDraining = false;

  constructor(private readonly db: TenantDb) {}

  /** The process lives. */
  @Get('healthz')
  health() {
    return { status: 'ok' };
  }

  /** The process can serve: the database answers and it is not shutting down. */
  @Get('readyz')
  async ready() {
    if (this.isDraining) throw new AppError('unavailable');
    await this.db.ping().catch((cause: unknown) => {
      throw new AppError('unavailable', undefined, { cause });
    });
    return { status: 'ready' };
  }

  @Get('metrics')
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  metrics(): Promise<string> {
    return readMetrics();
  }

  /** From now on the process says that it serves no more. */
  drain(): void {
    this.isDraining = true;
  }

  beforeApplicationShutdown(): void {
    this.drain();
  }
}
