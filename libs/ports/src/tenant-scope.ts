/** Whose data is touched. Every port takes it first, so that no adapter can forget the tenant. */
export interface TenantScope {
  readonly tenantId: string;
}
