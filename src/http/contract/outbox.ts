/** The letters of a demo: not part of the API. */
export interface OutboxAnswer {
  mails: { id: string; at: string; to: string; subject: string }[];
}
export interface OutboxMail {
  id: string;
  at: string;
  to: string;
  from: string;
  subject: string;
  text: string;
  /** Links in it, in order. */
  links: string[];
}
