import type { Module } from '#gates/module.ts';
import { analytics } from '#modules/analytics/module.ts';
import { billing } from '#modules/billing/module.ts';
import { companies } from '#modules/companies/module.ts';
import { customers } from '#modules/customers/module.ts';
import { identity } from '#modules/identity/module.ts';
import { integrations } from '#modules/integrations/module.ts';
import { newsletter } from '#modules/newsletter/module.ts';
import { notices } from '#modules/notices/module.ts';

/** The business, module by module. */
export const modules: readonly Module[] = [
  identity,
  customers,
  companies,
  billing,
  newsletter,
  analytics,
  notices,
  integrations,
];
