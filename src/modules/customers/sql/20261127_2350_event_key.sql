-- Staff who see a client's life see by which key something was done, as the client's own users do, and nothing else of keys.
comment on column customers.event.key is 'access.level: what the key is called that did it in their place';
