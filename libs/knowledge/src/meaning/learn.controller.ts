import { Controller } from '@nestjs/common';
import { routes, type InputOf } from '@docent/contracts';
import { Ctx, Handle, Input, type TenantContext } from '@docent/platform';
import { SourcesService } from '../sources.service';
import { GoldenQuestionsService } from './golden-questions.service';
import { LearnStateService } from './learn-state.service';

@Controller()
export class LearnController {
  constructor(
    private readonly sources: SourcesService,
    private readonly learning: LearnStateService,
    private readonly questions: GoldenQuestionsService,
  ) {}

  @Handle(routes.getLearning)
  state(@Ctx() ctx: TenantContext, @Input() { params }: InputOf<typeof routes.getLearning>) {
    return this.learning.state(ctx, params.botId);
  }

  @Handle(routes.learnNow)
  learnNow(@Ctx() ctx: TenantContext, @Input() { params }: InputOf<typeof routes.learnNow>) {
    return this.learning.learnNow(ctx, params.botId);
  }

  @Handle(routes.listGoldenQuestions)
  async list(@Ctx() ctx: TenantContext, @Input() { params }: InputOf<typeof routes.listGoldenQuestions>) {
    await this.sources.requireBot(ctx, params.botId);
    return this.questions.list(ctx, params.botId);
  }

  @Handle(routes.createGoldenQuestion)
  async create(@Ctx() ctx: TenantContext, @Input() { params, body }: InputOf<typeof routes.createGoldenQuestion>) {
    await this.sources.requireBot(ctx, params.botId);
    return this.questions.create(ctx, params.botId, body);
  }

  @Handle(routes.deleteGoldenQuestion)
  remove(@Ctx() ctx: TenantContext, @Input() { params }: InputOf<typeof routes.deleteGoldenQuestion>) {
    return this.questions.remove(ctx, params.goldenQuestionId);
  }
}
