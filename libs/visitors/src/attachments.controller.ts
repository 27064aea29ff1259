import { Controller, Req, Res } from '@nestjs/common';
import { routes, type InputOf } from '@docent/contracts';
import { readUpload } from '@docent/knowledge';
import { AppError, Ctx, Handle, Input, sendDownload, type FastifyReply, type FastifyRequest, type TenantContext } from '@docent/platform';
import { AttachmentsService } from './attachments.service';

@Controller()
export class AttachmentsController {
  constructor(private readonly attachments: AttachmentsService) {}

  @Handle(routes.createAttachment)
  async create(
    @Ctx() ctx: TenantContext,
    @Input() { params }: InputOf<typeof routes.createAttachment>,
    @Req() request: FastifyRequest,
  ) {
    const { maxBytes, fromVisitor } = await this.attachments.admit(ctx, params.conversationId);
    if (!request.isMultipart())
      throw new AppError('invalid_request', {
        fields: [{ in: 'body', field: 'file', problem: 'expected multipart/form-data with one part named "file"' }],
      });
    return this.attachments.upload(ctx, params.conversationId, await readUpload(request, maxBytes), fromVisitor);
  }

  @Handle(routes.getAttachment)
  async get(@Ctx() ctx: TenantContext, @Input() { params }: InputOf<typeof routes.getAttachment>, @Res() reply: FastifyReply) {
    return sendDownload(reply, await this.attachments.read(ctx, params.conversationId, params.attachmentId));
  }
}
