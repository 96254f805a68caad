import 'virtual:antd.css';
import './console.css';
import { createRoot } from 'react-dom/client';
import { App } from './app.js';
import { takeTokenFromAddress } from './session.js';
import { Speaking } from './words/speak.js';

takeTokenFromAddress();
const place = document.getElementById('console');
if (place !== null) {
  createRoot(place).render(
    <Speaking>
      <App />
    </Speaking>,
  );
}
