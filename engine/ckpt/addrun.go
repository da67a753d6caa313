package ckpt

// AddRun adds a run with its first checkpoint and makes it the current one, all in one transaction:
// after an error, a full disk for instance, the project is as before. s is that of the new run,
// whose number it need not know; names are its metrics. note, if not nil, returns a key and a value
// of the project that belong to the run.
func (f *File) AddRun(r Run, names []string, s Save, note func(run int64) (key, value string)) (id int64, err error) {
	sums, err := s.sums()
	if err != nil {
		return 0, failed("save", f.Path(), err)
	}
	err = f.update("save", func(d *db) error {
		now := f.Now()
		if id, err = d.newRun(r, now); err != nil {
			return err
		}
		if err := d.setMetricNames(id, names); err != nil {
			return err
		}
		if note != nil {
			if err := d.setMeta(note(id)); err != nil {
				return err
			}
		}
		s.Run = id
		return d.save(&s, sums, now)
	})
	if err != nil {
		return 0, err // what was begun is undone
	}
	return id, nil
}
