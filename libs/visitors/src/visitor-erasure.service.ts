import { Injectable } from '@nestjs/common';
import { AttachmentFiles, ChatService } from '@docent/chat';
import type { VisitorErasure } from '@docent/contracts';
import { found, Signals, type TenantContext } from '@docent/platform';
import { VisitorErasureRepository } from './visitor-erasure.repository';

/** Forgets a visitor. */
@Injectable()
export class VisitorErasureService {
  constructor(
    private readonly erasure: VisitorErasureRepository,
    private readonly chat: ChatService,
    private readonly files: AttachmentFiles,
    private readonly signals: Signals,
  ) {}

  /**
   * Conversations first and the visitor last, so that what is broken off can be done again. The receipt holds counts, not intentions.
   * Throws not_found for a visitor of whom nothing is stored, and conflict while an answer is being written in what stays.
   */
  async erase(ctx: TenantContext, visitorId: string, conversations: 'keep' | 'delete'): Promise<VisitorErasure> {
    const known = found(await this.erasure.find(ctx, visitorId));
    if (conversations === 'delete') for (const { id } of known.conversations) await this.chat.remove(ctx, id);
    const { leads, fileKeys } = await this.erasure.erase(ctx, known);
    await this.files.remove(ctx, fileKeys);
    for (const { id, botId, lastSeq } of known.conversations)
      await this.signals.send('change', ctx.tenantId, { kind: 'conversation', id, botId, lastSeq });
    const count = known.conversations.length;
    return {
      visitorId,
      erasedAt: new Date().toISOString(),
      removed: { conversations: conversations === 'delete' ? count : 0, leads },
      kept: { conversations: conversations === 'keep' ? count : 0 },
      remaining: await this.erasure.remaining(ctx, known.ids),
    };
  }
}
