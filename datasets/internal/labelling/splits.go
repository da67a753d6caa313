package labelling

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"ganvas/datasets/internal/dataset"
	"ganvas/datasets/internal/files"
	"ganvas/datasets/internal/wording"
)

// splitName matches what the parts of a set for learning and for judging are called, also with a
// year, or with the side of a pair that A and B name.
var splitName = regexp.MustCompile(`^(?i)(?:train|training|tests?|testing|val|valid|validation|validate|dev|eval|evaluation|hold-?out|held-?out|un-?labell?ed|extra)[_-]?(?:set|split|images|imgs|data)?[_-]?(\d*|[AB])$`)

// splitSide says whether a name is that of a part of a set, and which side it names, if any.
func splitSide(name string) (side string, ok bool) {
	m := splitName.FindStringSubmatch(name)
	if m == nil {
		return "", false
	}
	return strings.ToUpper(strings.Trim(m[1], "0123456789")), true
}

// classFolders returns the folder of each picture that is its class, "" where it is in none: the
// first one below what all share, or, where those are the parts of a set, the next. splits are the
// names of the parts.
func classFolders(good []*files.Entry) (classes, splits []string) {
	shared := len(CommonFolder(good))
	classes = make([]string, len(good))
	rest := make([]string, len(good))
	parts := make(map[string]bool)
	for i, e := range good {
		if name, below, found := strings.Cut(e.Name[shared:], "/"); found {
			classes[i], rest[i] = name, below
			parts[name] = true
		}
	}
	var sides []string
	for name := range parts {
		side, ok := splitSide(name)
		if !ok {
			return classes, nil
		}
		sides = append(sides, side)
	}
	if len(parts) == 0 {
		return classes, nil
	}
	if !slices.Contains(sides, "") { // each names a side of a pair: that is what differs
		for i := range classes {
			if classes[i] != "" {
				classes[i], _ = splitSide(classes[i])
			}
		}
		return classes, slices.Sorted(maps.Keys(parts))
	}
	for i := range rest {
		name, _, found := strings.Cut(rest[i], "/")
		if !found {
			name = ""
		}
		classes[i] = name
	}
	return classes, slices.Sorted(maps.Keys(parts))
}

// splitNote says that folders were taken for the parts of a set.
func splitNote(splits []string) []string {
	if len(splits) == 0 {
		return nil
	}
	one := "the folders " + wording.Listed(splits) + " are parts of one set, not labels: all were taken"
	if len(splits) == 1 {
		one = "the folder " + splits[0] + " is a part of a set, not a label"
	}
	return []string{one}
}

// FolderLabels takes the first sub-folder below what all pictures share as their class, or the next
// where that is a part of the set, such as train. Fewer than two classes are none; pictures outside
// of any have label -1. splits are the names of the parts.
func FolderLabels(good []*files.Entry, o dataset.Options) (labels []int32, names, splits []string) {
	if o.Labels == "none" {
		return nil, nil, nil
	}
	if slices.ContainsFunc(good, func(e *files.Entry) bool { return e.From != "" }) {
		words := make([]string, len(good))
		for i, e := range good {
			words[i] = e.Label
		}
		y := dataset.ClassesOf(words, "")
		return y.Index, y.Names, nil
	}
	classes, splits := classFolders(good)
	index := make(map[string]int32)
	for _, name := range classes {
		if name != "" {
			index[name] = 0
		}
	}
	if len(index) < 2 {
		return nil, nil, splits
	}
	names = slices.Sorted(maps.Keys(index))
	for i, name := range names {
		index[name] = int32(i)
	}
	labels = make([]int32, len(good))
	for i, name := range classes {
		labels[i] = -1
		if name != "" {
			labels[i] = index[name]
		}
	}
	return labels, names, splits
}

// CommonFolder returns the longest path, ending in a slash, that all names begin with.
func CommonFolder(all []*files.Entry) string {
	prefix := all[0].Name[:strings.LastIndex(all[0].Name, "/")+1]
	for _, e := range all {
		for !strings.HasPrefix(e.Name, prefix) {
			prefix = prefix[:strings.LastIndex(strings.TrimSuffix(prefix, "/"), "/")+1]
		}
	}
	return prefix
}
