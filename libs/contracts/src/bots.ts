import { z } from 'zod';
import { Form } from './forms';
import { Id, Name, Ok, storableText, Timestamp } from './common';
import { route } from './route';

/** An exact web origin, as a browser sends it: scheme, host and port, nothing else. */
export const Origin = z
  .string()
  .max(255)
  .refine((value) => {
    try {
      const url = new URL(value);
      return (url.protocol === 'https:' || url.protocol === 'http:') && url.origin === value && !value.includes('*');
    } catch {
      return false;
    }
  }, 'expected an exact origin such as https://www.example.com');

export const Colour = z.string().regex(/^#[0-9a-f]{6}$/i, 'expected a colour such as #3b5bdb');

/** Languages the widget speaks by itself; `auto` follows the page and then the browser. */
export const widgetLanguages = ['auto', 'en', 'de', 'es', 'fr', 'ru', 'ar', 'hi', 'zh', 'ja', 'th'] as const;

export const WidgetSettings = z.object({
  title: storableText(60).default(''),
  greeting: storableText(500).default(''),
  colour: Colour.default('#3b5bdb'),
  position: z.enum(['right', 'left']).default('right'),
  theme: z.enum(['auto', 'light', 'dark']).default('auto'),
  language: z.enum(widgetLanguages).default('auto'),
  suggestedQuestions: z.array(storableText(140, 1)).max(6).default([]),
});
export type WidgetSettings = z.infer<typeof WidgetSettings>;

export const Bot = z.object({
  id: Id,
  name: z.string(),
  /** Told to a language model on top of the product's own rules. */
  instructions: z.string(),
  /** Shown to the visitor instead of an error when the plan's limit is reached. */
  limitMessage: z.string(),
  widget: WidgetSettings,
  allowedOrigins: z.array(Origin),
  /** Whether the embedder that comes with the product learns this bot's own words. */
  learning: z.boolean(),
  createdAt: Timestamp,
  updatedAt: Timestamp,
});
export type Bot = z.infer<typeof Bot>;

const botFields = {
  name: Name,
  instructions: storableText(4000),
  limitMessage: storableText(500),
  widget: WidgetSettings,
  allowedOrigins: z.array(Origin).max(100),
  learning: z.boolean(),
};
export const CreateBot = z.object({ ...botFields, instructions: botFields.instructions.default(''), limitMessage: botFields.limitMessage.default(''), widget: botFields.widget.prefault({}), allowedOrigins: botFields.allowedOrigins.default([]), learning: botFields.learning.default(true) });
export type CreateBot = z.infer<typeof CreateBot>;
/** Fields left out stay as they are; `widget` is merged field by field. */
export const UpdateBot = z
  .object({ name: botFields.name, instructions: botFields.instructions, limitMessage: botFields.limitMessage, allowedOrigins: botFields.allowedOrigins, learning: botFields.learning, widget: z.object({
    title: storableText(60), greeting: storableText(500), colour: Colour, position: z.enum(['right', 'left']), theme: z.enum(['auto', 'light', 'dark']), language: z.enum(widgetLanguages), suggestedQuestions: z.array(storableText(140, 1)).max(6),
  }).partial() })
  .partial();
export type UpdateBot = z.infer<typeof UpdateBot>;

/** What a visitor's browser may know about a bot. */
export const PublicBot = z.object({
  id: Id,
  name: z.string(),
  widget: WidgetSettings,
  branding: z.boolean(),
  /** Whether people can be asked for, and whether somebody is there now by the office hours. */
  people: z.object({ enabled: z.boolean(), open: z.boolean() }),
  preChatForm: Form.nullable(),
  messageForm: Form.nullable(),
  attachments: z.boolean(),
  satisfaction: z.boolean(),
  /** Switched on, and mails leave this installation. */
  mailTranscript: z.boolean(),
});
export type PublicBot = z.infer<typeof PublicBot>;

export const VisitorSession = z.object({
  token: z.string(),
  expiresAt: Timestamp,
  visitorId: Id,
  /** Null where no identity was given; false where its signature was refused (the owner sees why in the console). */
  identified: z.boolean().nullable(),
  bot: PublicBot,
});
export type VisitorSession = z.infer<typeof VisitorSession>;

export const BotParams = z.object({ botId: Id });

export const botRoutes = {
  listBots: route({ method: 'GET', path: '/v1/bots', tag: 'Bots', summary: 'All bots of the workspace', access: { session: 'viewer', key: 'bots:read' }, status: 200, response: z.object({ items: z.array(Bot) }) }),
  createBot: route({ method: 'POST', path: '/v1/bots', tag: 'Bots', summary: 'Create a bot', access: { session: 'admin', key: 'bots:write' }, body: CreateBot, status: 201, response: Bot, errors: ['limit_reached'] }),
  getBot: route({ method: 'GET', path: '/v1/bots/{botId}', tag: 'Bots', summary: 'One bot', access: { session: 'viewer', key: 'bots:read' }, params: BotParams, status: 200, response: Bot }),
  updateBot: route({ method: 'PATCH', path: '/v1/bots/{botId}', tag: 'Bots', summary: 'Change a bot', access: { session: 'admin', key: 'bots:write' }, params: BotParams, body: UpdateBot, status: 200, response: Bot }),
  deleteBot: route({ method: 'DELETE', path: '/v1/bots/{botId}', tag: 'Bots', summary: 'Delete a bot with its knowledge and conversations', access: { session: 'admin', key: 'bots:write' }, params: BotParams, status: 200, response: Ok }),
  createVisitorSession: route({ method: 'POST', path: '/v1/visitor-sessions', tag: 'Chat', summary: 'A short-lived visitor token for a page on an allowed origin; send the previous token to stay the same visitor', access: { public: true }, body: z.object({ botId: Id, token: z.string().max(2000).optional(), /** JWT signed by the website's own server with the bot's secret. */ identity: z.string().max(4000).optional() }), status: 201, response: VisitorSession, errors: ['origin_not_allowed'] }),
} as const;
