/** The floor of `api`: a bare Fastify that answers with one row by its number, as a process of its own. Told by its parent where. */
import Fastify from 'fastify';
import pg from 'pg';

const [, , url, port] = process.argv;
const pool = new pg.Pool({ connectionString: url, max: 4 });
const app = Fastify();
app.get<{ Params: { id: string } }>('/api/v1/persons/:id', async ({ params }) => {
  const { rows } = await pool.query({
    name: 'one',
    text: 'select id, body from one where id = $1',
    values: [params.id],
  });
  return rows[0];
});
await app.listen({ port: Number(port), host: '127.0.0.1' });
process.send!('listening');
process.on('disconnect', () => process.exit(0));
