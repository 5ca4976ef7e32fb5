/**
 * SQL for the auditor's own look at holds: true for a person on whom one stood at the moment given, or stands since.
 * A moment a day back is a day's grace: what a hold kept is taken by a round of keeping that runs at least daily.
 */
export function heldSince(person: string, moment: string): string {
  return `exists (select from gate.hold h where h.person = ${person}
    and (h.released_at is null or h.released_at > ${moment}) and (h.until is null or h.until > ${moment}))`;
}
