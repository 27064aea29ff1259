import { Injectable } from '@nestjs/common';
import { ChatService } from '@docent/chat';
import type { Form, InputOf, Lead, routes } from '@docent/contracts';
import { AppError, found, Signals, type TenantContext } from '@docent/platform';
import { checkForm, filledFields } from './check-form';
import { EngagementService } from './engagement.service';
import { LeadsRepository } from './leads.repository';
import type { SaidOfOneself } from './visitors.repository';
import { byteOrderMark, csvRecord } from './write-csv';

const leadsPerPage = 500;

/** Forms that visitors fill, and what becomes of them. */
@Injectable()
export class LeadsService {
  constructor(
    private readonly leads: LeadsRepository,
    private readonly engagement: EngagementService,
    private readonly chat: ChatService,
    private readonly signals: Signals,
  ) {}

  /** Throws not_found where the bot has no such form or is not this caller's, and invalid_request naming each wrong field. */
  async leave(ctx: TenantContext, botId: string, given: InputOf<typeof routes.leaveLead>['body']): Promise<Lead> {
    if (ctx.caller.kind === 'visitor' && ctx.caller.botId !== botId) throw new AppError('not_found');
    const { preChatForm, messageForm } = await this.engagement.get(ctx, botId);
    const form = found(given.form === 'pre_chat' ? preChatForm : messageForm);
    const problems = checkForm(form, given);
    if (problems.length > 0) throw new AppError('invalid_request', { fields: problems.slice(0, 20) });
    const conversation = given.conversationId ? await this.chat.requireAccess(ctx, given.conversationId) : null;
    if (conversation && conversation.botId !== botId) throw new AppError('not_found');
    const fields = filledFields(form, given.fields);
    const lead = await this.leads.create(
      ctx,
      {
        botId,
        conversationId: given.conversationId ?? null,
        visitorId: ctx.caller.kind === 'visitor' ? ctx.caller.visitorId : null,
        form: given.form,
        fields,
        // Word for word what stood beside the box, whatever the form says later.
        consent: form.consent === '' ? null : form.consent,
      },
      saidOfOneself(form, fields),
    );
    if (conversation)
      await this.signals.send('change', ctx.tenantId, {
        kind: 'conversation',
        id: given.conversationId!,
        botId,
        lastSeq: conversation.lastSeq,
      });
    return lead;
  }

  async list(ctx: TenantContext, botId: string, { cursor, limit }: InputOf<typeof routes.listLeads>['query']) {
    await this.engagement.get(ctx, botId);
    const items = await this.leads.page(ctx, botId, cursor ?? null, limit + 1);
    const page = items.slice(0, limit);
    return { items: page, nextCursor: items.length > limit ? page.at(-1)!.id : null };
  }

  /** The lines of a CSV file, page by page, so that any number of leads takes little memory. Throws not_found before the first line. */
  async exportCsv(ctx: TenantContext, botId: string): Promise<AsyncIterable<string>> {
    await this.engagement.get(ctx, botId);
    const names = await this.leads.fieldNames(ctx, botId);
    return this.csvLines(ctx, botId, names);
  }

  private async *csvLines(ctx: TenantContext, botId: string, names: string[]): AsyncGenerator<string> {
    yield byteOrderMark + csvRecord(['created_at', 'form', 'conversation_id', ...names, 'consent']);
    let cursor: string | null = null;
    for (;;) {
      const page: Lead[] = await this.leads.page(ctx, botId, cursor, leadsPerPage);
      yield page
        .map((lead) =>
          csvRecord([
            lead.createdAt,
            lead.form,
            lead.conversationId ?? '',
            ...names.map((name) => lead.fields[name] ?? ''),
            lead.consent ?? '',
          ]),
        )
        .join('');
      if (page.length < leadsPerPage) return;
      cursor = page.at(-1)!.id;
    }
  }
}

function saidOfOneself(form: Form, fields: Record<string, string>): SaidOfOneself {
  const emailField = form.fields.find(({ type, key }) => type === 'email' && fields[key] !== undefined);
  return { name: fields.name?.slice(0, 200) ?? null, email: emailField ? fields[emailField.key]! : null };
}
