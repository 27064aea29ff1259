import { Injectable } from '@nestjs/common';
import { BotsService, ChatService } from '@docent/chat';
import { JobHandler, type JobPayload, type TenantContext } from '@docent/platform';
import { Mailer } from '@docent/ports';
import { transcriptMailTask, TranscriptMailsRepository } from './transcript-mails.repository';
import { writeTranscript } from './write-transcript';

/** Sends a transcript as it is at that moment, and forgets the address. */
@Injectable()
export class TranscriptMailJob extends JobHandler {
  readonly task = transcriptMailTask;

  constructor(
    private readonly mails: TranscriptMailsRepository,
    private readonly chat: ChatService,
    private readonly bots: BotsService,
    private readonly mailer: Mailer,
  ) {
    super();
  }

  async run(ctx: TenantContext, { mailId }: JobPayload, attempt: { isLastTry: boolean }): Promise<void> {
    const mail = mailId ? await this.mails.find(ctx, mailId) : null;
    if (!mail) return;
    try {
      const conversation = await this.chat.read(ctx, mail.conversationId);
      const bot = await this.bots.get(ctx, conversation.botId);
      await this.mailer.send({ to: mail.email, ...writeTranscript(conversation, bot.name) });
    } catch (error) {
      if (attempt.isLastTry) await this.mails.forgetAddress(ctx, mailId!);
      throw error;
    }
    await this.mails.forgetAddress(ctx, mailId!);
  }
}
