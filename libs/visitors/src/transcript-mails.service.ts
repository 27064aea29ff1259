import { Injectable } from '@nestjs/common';
import { AppError, type TenantContext } from '@docent/platform';
import { TranscriptMailsRepository } from './transcript-mails.repository';
import { VisitsService } from './visits.service';

/** Transcripts by e-mail. */
@Injectable()
export class TranscriptMailsService {
  constructor(
    private readonly mails: TranscriptMailsRepository,
    private readonly visits: VisitsService,
  ) {}

  /**
   * Takes the request; a job sends it. A visitor types the address themselves; a member may only use one that this visitor has given,
   * so that no conversation is sent elsewhere. Throws invalid_request otherwise, forbidden to visitors where it is switched off, and
   * rate_limited after three an hour.
   */
  async request(ctx: TenantContext, conversationId: string, email: string): Promise<{ ok: true }> {
    const { visitorId } = await this.visits.require(ctx, conversationId, 'mailTranscript');
    if (ctx.caller.kind === 'member' && !(await this.mails.isGiven(ctx, conversationId, visitorId, email)))
      throw new AppError('invalid_request', {
        fields: [{ in: 'body', field: 'email', problem: 'the visitor has not given this address' }],
      });
    await this.mails.create(ctx, conversationId, email);
    return { ok: true };
  }
}
