-- User One talks with the coding assistant. The ids are fixed, so that repeating it changes nothing.
-- requires: table users from init_mvp_core
-- requires: table agents from init_mvp_core
-- requires: table conversations from init_mvp_core
-- requires: table artifacts from init_mvp_core

INSERT INTO chat_sessions (id, "userId", "lastActivity", metadata)
SELECT '5eed0000-0000-4000-8000-000000000001', u.id, CURRENT_TIMESTAMP, '{"source": "seed"}'
FROM users u
WHERE u.email = 'user1@example.com'
ON CONFLICT (id) DO NOTHING;

INSERT INTO conversations (id, "chatSessionId", "agentId", title, "messageCount", "tokenCount", "updatedAt")
SELECT '5eed0000-0000-4000-8000-000000000002', s.id, a.id, 'Help with React hooks', 2, 150, CURRENT_TIMESTAMP
FROM chat_sessions s
JOIN agents a ON a.slug = 'coding-assistant'
WHERE s.id = '5eed0000-0000-4000-8000-000000000001'
ON CONFLICT (id) DO NOTHING;

INSERT INTO messages (id, "conversationId", role, content, "tokensInput", "tokensOutput", "timestamp")
SELECT m.id, c.id, m.role, m.content, m.input, m.output, CURRENT_TIMESTAMP - m.ago
FROM conversations c
CROSS JOIN (
  VALUES
    (CAST('5eed0000-0000-4000-8000-000000000003' AS uuid), 'user', 'How do I use useEffect correctly?',
      8, CAST(NULL AS integer), INTERVAL '5 seconds'),
    ('5eed0000-0000-4000-8000-000000000004', 'assistant', 'useEffect is used for side effects in React components...',
      NULL, 50, INTERVAL '0 seconds')
) AS m (id, role, content, input, output, ago)
WHERE c.id = '5eed0000-0000-4000-8000-000000000002'
ON CONFLICT (id) DO NOTHING;

-- Flyway would take a dollar sign with a brace for a placeholder: the text is put together from two.
INSERT INTO artifacts (id, "agentId", "userId", "conversationId", name, type, content, metadata, "updatedAt")
SELECT
  '5eed0000-0000-4000-8000-000000000005', c."agentId", CAST(s."userId" AS text), c.id, 'useEffect Example', 'code',
  'import { useEffect, useState } from ''react'';

export function Example() {
  const [count, setCount] = useState(0);

  useEffect(() => {
    document.title = `Count: $' || '{count}`;
  }, [count]);

  return <button onClick={() => setCount(count + 1)}>Increment</button>;
}', '{"language": "typescript"}', CURRENT_TIMESTAMP
FROM conversations c
JOIN chat_sessions s ON s.id = c."chatSessionId"
WHERE c.id = '5eed0000-0000-4000-8000-000000000002'
ON CONFLICT (id) DO NOTHING;
