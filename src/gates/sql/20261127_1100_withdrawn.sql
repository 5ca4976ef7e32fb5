-- Who has taken a consent back is asked for each round: few of many events, found without reading the rest.
create index on consent.event (person, purpose, at) where state not in ('requested', 'given', 'refused');
