import { z } from 'zod';
import { Language } from '#gates/shapes.ts';

export type SignInRequest = z.infer<typeof SignInRequest>;
export const SignInRequest = z.strictObject({ email: z.string().max(254), language: Language.optional() });
