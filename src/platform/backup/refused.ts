/** A backup that is not taken, or not put back: one sentence says why and what to do. Nothing was changed. */
export class BackupRefused extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'BackupRefused';
  }
}
