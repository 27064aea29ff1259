import { z } from 'zod';

/** From least to most: each role may do what those before it may. */
export const roles = ['viewer', 'agent', 'admin', 'owner'] as const;
export const Role = z.enum(roles);
export type Role = z.infer<typeof Role>;

export const scopes = ['chat', 'bots:read', 'bots:write', 'knowledge:read', 'knowledge:write', 'conversations:read'] as const;
export const Scope = z.enum(scopes);
export type Scope = z.infer<typeof Scope>;
