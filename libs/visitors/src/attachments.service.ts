import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { TenantPlans } from '@docent/billing';
import type { Attachment } from '@docent/contracts';
import type { Upload } from '@docent/knowledge';
import { AppError, CONFIG, found, type Config, type TenantContext } from '@docent/platform';
import { FileStorage } from '@docent/ports';
import { AttachmentsRepository } from './attachments.repository';
import { pictureSize } from './picture-size';
import { sniffType } from './sniff-type';
import { VisitsService } from './visits.service';

/** No camera makes more, and no browser should have to unfold more. */
const mostPixels = 100_000_000;

/** Pictures and PDFs that visitors and agents send each other. */
@Injectable()
export class AttachmentsService {
  constructor(
    private readonly attachments: AttachmentsRepository,
    private readonly visits: VisitsService,
    private readonly files: FileStorage,
    private readonly plans: TenantPlans,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Before megabytes are read: throws not_found, or forbidden where visitors may not attach. Returns how large a file may be. */
  async admit(ctx: TenantContext, conversationId: string): Promise<{ maxBytes: number; fromVisitor: boolean }> {
    const { channel } = await this.visits.require(ctx, conversationId, 'attachments');
    const { attachmentBytes } = await this.plans.of(ctx);
    // In the playground, a member sits on the visitor's side.
    return {
      maxBytes: Math.min(attachmentBytes, this.config.maxUploadBytes),
      fromVisitor: ctx.caller.kind !== 'member' || channel === 'playground',
    };
  }

  /** Stores the content first: a row never points to a file that isn't there. Throws unsupported_file, file_broken, too_large and limit_reached. */
  async upload(ctx: TenantContext, conversationId: string, { name, content }: Upload, fromVisitor: boolean): Promise<Attachment> {
    const mediaType = await sniffType(content);
    if (!mediaType)
      throw new AppError('unsupported_file', undefined, {
        message: 'Only pictures (PNG, JPEG, GIF, WebP) and PDF files can be sent here.',
      });
    if (mediaType.startsWith('image/')) assertSize(mediaType, content);
    const id = randomUUID();
    const fileKey = `attachments/${id}`;
    await this.files.put(ctx, fileKey, content);
    try {
      await this.attachments.create(ctx, {
        id,
        conversationId,
        name,
        mediaType,
        sizeBytes: content.length,
        fileKey,
        fromVisitor,
      });
    } catch (error) {
      await this.files.remove(ctx, fileKey);
      throw error;
    }
    return { id, name, mediaType, sizeBytes: content.length };
  }

  async read(ctx: TenantContext, conversationId: string, id: string): Promise<{ name: string; content: Uint8Array }> {
    const { name, fileKey } = found(await this.attachments.find(ctx, conversationId, id));
    return { name, content: found(await this.files.get(ctx, fileKey)) };
  }
}

function assertSize(mediaType: string, content: Uint8Array): void {
  const size = pictureSize(mediaType, content);
  if (!size || size.width === 0 || size.height === 0) throw new AppError('file_broken');
  if (size.width * size.height > mostPixels) throw new AppError('too_large', { maxPixels: mostPixels });
}
