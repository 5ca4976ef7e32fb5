/**
 * What the pages borrow of `/api/v1`: types only. Each is told by a shape that stands beside the route that answers with
 * it, and is checked and described by that.
 *
 * Moments are ISO 8601 in UTC, dates are calendar dates in Europe/Oslo, ids are UUIDs.
 */
export type {
  AccessAnswer,
  ConsentEvent,
  ConsentState,
  ErasureAnswer,
  ErasurePreview,
  Hold,
  Item,
  LeaveAnswer,
  LogAnswer,
  PurposeState,
  StandingHold,
} from '#gates/answers.ts';
export type { OpenedSession, SessionAnswer } from '#gates/shapes.ts';
export type {
  InvoiceAnswer,
  InvoicesAnswer,
  MonthsAnswer,
  PageAnswer,
  PaymentMethodAnswer,
  PreviewAnswer,
  PricesAnswer,
  SalesAnswer,
  SubscriptionAnswer,
} from '#modules/billing/shapes.ts';
export type {
  CompaniesAnswer,
  CompanyAnswer,
  CompanyHit,
  CompanySource,
  CompanyWish,
  KeyFigures,
  MyCompaniesAnswer,
  MyCompany,
} from '#modules/companies/shapes.ts';
export type { AccountAnswer, AccountsAnswer, AccountsFound } from '#modules/customers/account-shapes.ts';
export type {
  AcceptancesAnswer,
  AcceptedDocuments,
  ClientAnswer,
  ClientChange,
  ClientExport,
  ClientLogAnswer,
  ClientModulesAnswer,
  ClientRequest,
  ClientsAnswer,
  Company,
  InvitationAnswer,
  InvitationRequest,
  InvitationsAnswer,
  InvitationTaken,
  InvitationTaking,
  InvitationView,
  LevelAnswer,
  LevelsAnswer,
  ModuleCatalogueAnswer,
  MyInvitationsAnswer,
  MyInvitationTaken,
  UserAnswer,
  UsersAnswer,
} from '#modules/customers/client-shapes.ts';

export type {
  PeopleAnswer,
  PersonAnswer,
  ProfileAnswer,
  ProfileRequest,
  StandingAnswer,
} from '#modules/customers/shapes.ts';
export type {
  Back,
  CameAnswer,
  CodeSecret,
  EnteredAnswer,
  FactorsAnswer,
  Means,
  PasskeyOptions,
  ProvidersAnswer,
  SessionsAnswer,
  SignInRequest,
  StaffAnswer,
} from '#modules/identity/shapes.ts';
export type {
  ClientTokensAnswer,
  TokenAnswer,
  TokenMade,
  TokenRequest,
  TokensAnswer,
} from '#modules/integrations/shapes.ts';
export type {
  ConfirmationAnswer,
  ConfirmationView,
  PreferencesAnswer,
  SubscriptionRequest,
  TopicsAnswer,
} from '#modules/newsletter/shapes.ts';
export type { DocumentAnswer } from './contract/documents.ts';
export type { OutboxAnswer, OutboxMail } from './contract/outbox.ts';
export type { Problem } from './contract/problem.ts';
export type {
  ForecastAnswer,
  HoldsAnswer,
  KeepRoundsAnswer,
  OpenedAnswer,
  PromisesAnswer,
  ProofAnswer,
  PublicPromise,
  RunsAnswer,
} from './contract/proof.ts';
export type {
  ComingAnswer,
  ComparisonAnswer,
  PlanAnswer,
  StatementAnswer,
  VersionAnswer,
  VersionsAnswer,
} from './contract/statement.ts';
export type { BulkBegunAnswer, BulkCountAnswer, BulkRunAnswer, BulkRunsAnswer } from './routes/bulk.ts';
export type { HoldRequest } from './routes/holds.ts';
export type { Correction } from './routes/me.ts';
