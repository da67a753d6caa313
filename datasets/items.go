package datasets

// itemsOf returns how many items candidates promise, and writes down where each begins.
func itemsOf(all []candidate) (first []int, n int) {
	first = make([]int, len(all))
	for i, c := range all {
		first[i] = n
		n += c.items
	}
	return first, n
}

// compact closes the gaps that failed candidates left.
func compact(data []uint8, item int, all []candidate) []uint8 {
	n, at := 0, 0
	for _, c := range all {
		got := c.got
		if c.err != nil {
			got = 0
		}
		if n != at {
			copy(data[n*item:(n+got)*item], data[at*item:(at+got)*item])
		}
		n += got
		at += c.items
	}
	return data[:n*item]
}

// narrow drops an alpha channel that is opaque everywhere and colours that are grey everywhere, in place.
func narrow(data []uint8, channels int) ([]uint8, int) {
	if channels == 4 {
		for i := 3; i < len(data); i += 4 {
			if data[i] != 255 {
				return data, 4
			}
		}
		n := len(data) / 4
		for i := range n {
			copy(data[3*i:3*i+3], data[4*i:4*i+3])
		}
		data, channels = data[:3*n], 3
	}
	if channels == 3 {
		for i := 0; i < len(data); i += 3 {
			if data[i] != data[i+1] || data[i] != data[i+2] {
				return data, 3
			}
		}
		n := len(data) / 3
		for i := range n {
			data[i] = data[3*i]
		}
		data = data[:n]
	}
	return data, 1
}

// perItem gives each item the label of the file that it comes from.
func perItem(good []candidate, labels []int32) []int32 {
	if labels == nil {
		return nil
	}
	var out []int32
	for i, c := range good {
		for range c.got {
			out = append(out, labels[i])
		}
	}
	return out
}
