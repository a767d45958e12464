-- As the documentation of the Kafka table engine describes it: a queue table, and a materialized
-- view that moves its rows. All settings but the address, the format and its schema are the
-- engine's defaults: one consumer, blocks of up to 1,048,449 rows, a flush at least every 7.5 s.
-- Two consumers with threads of their own halve the wall time; they cost the same CPU in most runs,
-- and twice as much when one of them finds nothing to read and spins.
CREATE TABLE {queue} ({columns}) ENGINE = Kafka
SETTINGS kafka_broker_list = '{brokers}',
         kafka_topic_list = '{topic}',
         kafka_group_name = '{group}',
         kafka_format = '{format}'{settings}
