import { Controller, Req, Res } from '@nestjs/common';
import { routes, type InputOf } from '@docent/contracts';
import { Ctx, Handle, Input, sendDownload, type FastifyReply, type FastifyRequest, type TenantContext } from '@docent/platform';
import { buildQuery } from './build-query';
import { readUpload } from './read-upload';
import { RetrievalService } from './retrieval.service';
import { SourcesService } from './sources.service';

@Controller()
export class KnowledgeController {
  constructor(
    private readonly sources: SourcesService,
    private readonly retrieval: RetrievalService,
  ) {}

  @Handle(routes.createSource)
  async create(@Ctx() ctx: TenantContext, @Input() { params, body }: InputOf<typeof routes.createSource>, @Req() request: FastifyRequest) {
    if (body !== undefined) return this.sources.create(ctx, params.botId, body);
    // Before megabytes are read for a bot that isn't there.
    await this.sources.requireBot(ctx, params.botId);
    return this.sources.upload(ctx, params.botId, await readUpload(request, this.sources.maxUploadBytes));
  }

  @Handle(routes.listSources)
  list(@Ctx() ctx: TenantContext, @Input() { params, query }: InputOf<typeof routes.listSources>) {
    return this.sources.list(ctx, params.botId, query);
  }

  @Handle(routes.getSource)
  get(@Ctx() ctx: TenantContext, @Input() { params }: InputOf<typeof routes.getSource>) {
    return this.sources.get(ctx, params.sourceId);
  }

  @Handle(routes.getSourceText)
  text(@Ctx() ctx: TenantContext, @Input() { params }: InputOf<typeof routes.getSourceText>) {
    return this.sources.text(ctx, params.sourceId);
  }

  @Handle(routes.getSourceFile)
  async file(@Ctx() ctx: TenantContext, @Input() { params }: InputOf<typeof routes.getSourceFile>, @Res() reply: FastifyReply) {
    return sendDownload(reply, await this.sources.file(ctx, params.sourceId));
  }

  @Handle(routes.retrySource)
  retry(@Ctx() ctx: TenantContext, @Input() { params }: InputOf<typeof routes.retrySource>) {
    return this.sources.retry(ctx, params.sourceId);
  }

  @Handle(routes.reviewSource)
  review(@Ctx() ctx: TenantContext, @Input() { params, body }: InputOf<typeof routes.reviewSource>) {
    return this.sources.review(ctx, params.sourceId, body.reviewed);
  }

  @Handle(routes.deleteSource)
  delete(@Ctx() ctx: TenantContext, @Input() { params }: InputOf<typeof routes.deleteSource>) {
    return this.sources.delete(ctx, params.sourceId);
  }

  @Handle(routes.search)
  async search(@Ctx() ctx: TenantContext, @Input() { params, body }: InputOf<typeof routes.search>) {
    await this.sources.requireBot(ctx, params.botId);
    return { passages: await this.retrieval.searchFor(ctx, params.botId, buildQuery(body.query, []), body.limit, body.explain) };
  }
}
