// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references to secrets look like placeholders
import { z } from 'zod';
import { isSecretReference } from './secret-reference.js';

/** A secret in a configuration: one reference and nothing else. */
export const secretReference = z
  .string()
  .refine(
    isSecretReference,
    'must be a reference, ${env:NAME} or ${file:/run/secrets/name}, never the secret itself',
  );
