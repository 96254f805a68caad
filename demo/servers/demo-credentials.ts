/**
 * Credentials of the demo county's legacy systems. They open nothing but servers on 127.0.0.1 that hold invented
 * people; a real county keeps its own out of the repository.
 */
export const IF1_APP_KEY = 'demoAppKey';
export const IF1_APP_SECRET = 'demoAppSecret';
export const IF2_ACCESS_KEY = 'AK-DEMO';
export const IF2_SECRET_KEY = 'SK-DEMO';
export const SOAP_USER = 'ssx_zfjg';
export const SOAP_PASSWORD = 'demo-Wsjd2026';
/** Header and value that the hotline wants. */
export const TICKET_HEADER = 'x-access-token';
export const TICKET_TOKEN = 'demo-12345-token';
