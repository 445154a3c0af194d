-- When the period begins over which growth is counted: 30 days before the newest observation.
SELECT max(observed_at) - INTERVAL '30' DAY AS period_start FROM artists_latest
