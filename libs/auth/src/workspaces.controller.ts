import { Controller } from '@nestjs/common';
import { routes, type InputOf, type Me, type Workspace } from '@docent/contracts';
import { Ctx, Handle, Input, PersonId, type TenantContext } from '@docent/platform';
import { WorkspacesService } from './workspaces.service';

@Controller()
export class WorkspacesController {
  constructor(private readonly workspaces: WorkspacesService) {}

  @Handle(routes.createWorkspace)
  create(@PersonId() personId: string, @Input() { body }: InputOf<typeof routes.createWorkspace>): Promise<Workspace> {
    return this.workspaces.create(personId, body.name);
  }

  @Handle(routes.renameWorkspace)
  rename(@Ctx() ctx: TenantContext, @Input() { body }: InputOf<typeof routes.renameWorkspace>): Promise<Workspace> {
    return this.workspaces.rename(ctx, body.name);
  }

  @Handle(routes.acceptInvitation)
  join(@PersonId() personId: string, @Input() { body }: InputOf<typeof routes.acceptInvitation>): Promise<Me> {
    return this.workspaces.join(personId, body.token);
  }
}
