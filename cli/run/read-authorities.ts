import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { rootCertificates } from 'node:tls';
import { errorCodeOf } from '../../runtime/error-code.js';
import { CommandFailure, EXIT } from '../exit-code.js';

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/**
 * Certificates of all authorities that are trusted: those that Node trusts by itself, and those of the files.
 *
 * @param files in PEM.
 * @returns undefined when there are no files: Node's own.
 * @throws {CommandFailure} when a file cannot be read, or has no certificate.
 */
export async function readAuthorities(
  files: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<readonly string[] | undefined> {
  if (files.length === 0) return undefined;
  const given = await Promise.all(files.map(readCertificates));
  // What Node would trust without a list of our own.
  const extra = environment.NODE_EXTRA_CA_CERTS;
  const trusted = extra === undefined || extra === '' ? [] : await readCertificates(extra);
  return [...rootCertificates, ...trusted, ...given.flat()];
}

async function readCertificates(file: string): Promise<readonly string[]> {
  const certificates = (await readText(file)).match(CERTIFICATE) ?? [];
  if (certificates.length === 0) {
    throw refuse(`${file} 中没有证书。The file must have certificates in PEM, but ${file} has none`);
  }
  for (const certificate of certificates) {
    try {
      new X509Certificate(certificate);
    } catch (error) {
      throw refuse(
        `${file} 中的证书无法读取。The file must have certificates in PEM, but one of ${file} cannot be read (${error})`,
      );
    }
  }
  return certificates;
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const reason = errorCodeOf(error) ?? String(error);
    throw refuse(`无法读取 ${file}。The file must be readable, but ${file} is not (${reason})`);
  }
}

function refuse(reason: string): CommandFailure {
  return new CommandFailure(EXIT.usage, `无法使用指定的证书颁发机构。Cannot trust the authority. ${reason}.`);
}
