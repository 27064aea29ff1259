import { Injectable } from '@nestjs/common';
import { AttachmentFiles } from '@docent/chat';
import { JobHandler, type JobPayload, type TenantContext } from '@docent/platform';
import { AttachmentsRepository } from './attachments.repository';
import { unclaimedTask } from './unclaimed-attachments.task';

/** A day after an upload: what no message names by then goes, row and file; so does a file whose row went without it. */
@Injectable()
export class UnclaimedAttachmentsJob extends JobHandler {
  readonly task = unclaimedTask;

  constructor(
    private readonly attachments: AttachmentsRepository,
    private readonly files: AttachmentFiles,
  ) {
    super();
  }

  async run(ctx: TenantContext, { attachmentId, fileKey }: JobPayload): Promise<void> {
    if (attachmentId && fileKey && (await this.attachments.release(ctx, attachmentId))) await this.files.remove(ctx, [fileKey]);
  }
}
