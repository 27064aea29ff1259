import { Controller, Res } from '@nestjs/common';
import { routes, type InputOf } from '@docent/contracts';
import { Ctx, Handle, Input, type FastifyReply, type TenantContext } from '@docent/platform';
import { OpenAiCompletions } from './openai-completions';
import { openEventStream } from './open-event-stream';

@Controller()
export class OpenAiController {
  constructor(private readonly completions: OpenAiCompletions) {}

  @Handle(routes.listModels)
  models(@Ctx() ctx: TenantContext) {
    return this.completions.models(ctx);
  }

  @Handle(routes.getModel)
  model(@Ctx() ctx: TenantContext, @Input() { params }: InputOf<typeof routes.getModel>) {
    return this.completions.model(ctx, params.model);
  }

  @Handle(routes.chatCompletions)
  async complete(@Ctx() ctx: TenantContext, @Input() { body }: InputOf<typeof routes.chatCompletions>, @Res() reply: FastifyReply): Promise<void> {
    const asked = await this.completions.ask(ctx, body);
    if (!body.stream) {
      void reply.send(await this.completions.whole(ctx, asked));
      return;
    }
    const stream = openEventStream(reply);
    try {
      for await (const chunk of this.completions.chunks(ctx, asked, body.stream_options?.include_usage === true, stream.closed)) {
        await stream.write(`data: ${JSON.stringify(chunk)}\n\n`);
      }
      await stream.write('data: [DONE]\n\n');
    } finally {
      stream.end();
    }
  }
}
