/* What pdfium tells of a page's glyphs and paths, gathered in one call each; pieces of lines joined; the usual page's words.

   The same is done, call by call, in bycall.py, and with NumPy in glyphs.py and words.py, which stand in where this could not
   be compiled; tests hold that both give the same. Of what pdfium tells nothing is judged here: records go back as bytes, laid
   out as records.py's GLYPH, OBJECT, STYLE, PIECE and POINT say, and all limits are given by the caller. pdfium itself is not linked: `bind` takes the addresses of
   its functions, in the order of `FUNCTIONS`, from the library that Python has loaded. */

#define Py_LIMITED_API 0x030B0000
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#ifndef SOURCE
#define SOURCE "" /* SHA-256 of this file, given by setup.py */
#endif

/* --- pdfium's functions ------------------------------------------------------------------------------------------- */

typedef void *Handle;

enum {
    GET_UNICODE, GET_TEXT_OBJECT, GET_LOOSE_BOX, GET_CHAR_BOX, GET_ORIGIN, GET_TEXT_MATRIX, IS_UNMAPPED, GET_TEXT_FILL,
    GET_RENDER_MODE, GET_FONT_SIZE, GET_FONT, GET_TYPE, GET_BOUNDS, GET_MATRIX, GET_DRAW_MODE, COUNT_SEGMENTS, GET_SEGMENT,
    GET_POINT, GET_SEGMENT_TYPE, GET_CLOSE, GET_FILL, GET_STROKE, COUNT_OBJECTS, GET_OBJECT, COUNT_INNER, GET_INNER, N_FUNCTIONS
};

static const char *const NAMES[N_FUNCTIONS] = {
    "FPDFText_GetUnicode", "FPDFText_GetTextObject", "FPDFText_GetLooseCharBox", "FPDFText_GetCharBox",
    "FPDFText_GetCharOrigin", "FPDFText_GetMatrix", "FPDFText_HasUnicodeMapError", "FPDFText_GetFillColor",
    "FPDFTextObj_GetTextRenderMode", "FPDFTextObj_GetFontSize", "FPDFTextObj_GetFont", "FPDFPageObj_GetType",
    "FPDFPageObj_GetBounds", "FPDFPageObj_GetMatrix", "FPDFPath_GetDrawMode", "FPDFPath_CountSegments",
    "FPDFPath_GetPathSegment", "FPDFPathSegment_GetPoint", "FPDFPathSegment_GetType", "FPDFPathSegment_GetClose",
    "FPDFPageObj_GetFillColor", "FPDFPageObj_GetStrokeColor", "FPDFPage_CountObjects", "FPDFPage_GetObject",
    "FPDFFormObj_CountObjects", "FPDFFormObj_GetObject",
};

static void *function[N_FUNCTIONS];
static int bound = 0;

typedef int (*OfHandle)(Handle);
typedef int (*ColourOf)(Handle, unsigned *, unsigned *, unsigned *, unsigned *);

#define CALL(which, type) ((type)function[which])

static uint32_t packed(unsigned r, unsigned g, unsigned b, unsigned alpha)
{
    return (r & 255u) | (g & 255u) << 8 | (b & 255u) << 16 | (alpha & 255u) << 24;
}

/* --- growing arrays ------------------------------------------------------------------------------------------------ */

typedef struct {
    char *data;
    size_t item, used, room; /* bytes of one item; items */
} Rows;

static void *next_row(Rows *rows)
{
    if (rows->used == rows->room) {
        size_t room = rows->room ? 2 * rows->room : 64;
        char *data = PyMem_Realloc(rows->data, room * rows->item);
        if (data == NULL)
            return NULL;
        rows->data = data;
        rows->room = room;
    }
    char *row = rows->data + rows->item * rows->used++;
    memset(row, 0, rows->item);
    return row;
}

static PyObject *as_bytes(const Rows *rows)
{
    return PyBytes_FromStringAndSize(rows->data, (Py_ssize_t)(rows->used * rows->item));
}

/* Numbers (from 1) of rows by their key, in a table of a power of two places, at least half of them free. */
typedef struct {
    int32_t *at;
    size_t mask;
} Index;

static int open_index(Index *index, size_t most)
{
    size_t size = 16;
    while (size < 2 * most)
        size *= 2;
    index->mask = size - 1;
    index->at = PyMem_Calloc(size, sizeof *index->at);
    return index->at != NULL;
}

static size_t hashed(const void *key, size_t length)
{
    uint64_t hash = 14695981039346656037u; /* FNV-1a */
    for (const unsigned char *c = key; length--; c++)
        hash = (hash ^ *c) * 1099511628211u;
    return (size_t)(hash ^ hash >> 29);
}

/* The place of `key` among rows whose first `length` bytes are their key: its number is there, or 0 where it is new. */
static int32_t *find(Index *index, const Rows *rows, const void *key, size_t length)
{
    size_t place = hashed(key, length) & index->mask;
    while (index->at[place] && memcmp(rows->data + rows->item * (size_t)(index->at[place] - 1), key, length) != 0)
        place = (place + 1) & index->mask;
    return index->at + place;
}

/* --- glyphs -------------------------------------------------------------------------------------------------------- */

typedef struct {
    uint32_t code;
    int32_t source;
    float box[4];
} Glyph;

typedef struct {
    uint64_t handle;
    double base;
    int32_t style, upright, unmapped, unused;
} Object;

typedef struct {
    uint64_t font;
    float matrix[4], size;
    int32_t mode;
    uint32_t colour, unused;
} Style;

/* One number, one pattern of bits: styles are told apart by their bytes, and -0 is 0 and NaN is NaN. */
static float plain(float number)
{
    return number == 0 ? 0.0f : number != number ? (float)NAN : number;
}

static int take_object(Handle text, int i, Handle handle, Object *object, Rows *styles, Index *known)
{
    float m[6] = {0}, box[4] = {0};
    double origin[2] = {0};
    unsigned c[4] = {0};
    Style style;
    memset(&style, 0, sizeof style);
    CALL(GET_TEXT_MATRIX, int (*)(Handle, int, float *))(text, i, m);
    for (int k = 0; k < 4; k++)
        style.matrix[k] = plain(m[k]);
    CALL(GET_FONT_SIZE, int (*)(Handle, float *))(handle, &style.size);
    style.size = plain(style.size);
    style.mode = CALL(GET_RENDER_MODE, OfHandle)(handle);
    style.font = (uint64_t)(uintptr_t)CALL(GET_FONT, Handle (*)(Handle))(handle);
    CALL(GET_TEXT_FILL, int (*)(Handle, int, unsigned *, unsigned *, unsigned *, unsigned *))(text, i, c, c + 1, c + 2, c + 3);
    style.colour = packed(c[0], c[1], c[2], c[3]);
    int32_t *place = find(known, styles, &style, sizeof style);
    if (*place == 0) {
        Style *row = next_row(styles);
        if (row == NULL)
            return 0;
        *row = style;
        *place = (int32_t)styles->used;
    }
    object->style = *place - 1;
    double along = m[0], across = m[1] < 0 ? -(double)m[1] : (double)m[1];
    if (along > 0 && across < 1e-3 * along) {
        CALL(GET_LOOSE_BOX, int (*)(Handle, int, float *))(text, i, box);
        CALL(GET_ORIGIN, int (*)(Handle, int, double *, double *))(text, i, origin, origin + 1);
        object->upright = box[2] > box[0];
        object->base = object->upright ? origin[1] : 0.0;
    }
    return 1;
}

/* The pen of a glyph of turned text, and the corner of its ink farthest from it. */
static void take_turned(Handle text, int i, float *box)
{
    double left = 0, right = 0, bottom = 0, top = 0, x = 0, y = 0;
    CALL(GET_CHAR_BOX, int (*)(Handle, int, double *, double *, double *, double *))(text, i, &left, &right, &bottom, &top);
    CALL(GET_ORIGIN, int (*)(Handle, int, double *, double *))(text, i, &x, &y);
    box[0] = (float)x;
    box[1] = (float)y;
    box[2] = (float)(x - left > right - x ? left : right);
    box[3] = (float)(y - bottom > top - y ? bottom : top);
}

static int take_glyphs(Handle text, int count, Rows *glyphs, Rows *objects, Rows *styles, Index *owners, Index *known)
{
    Handle last = NULL;
    int32_t number = 0;
    for (int i = 0; i < count; i++) {
        Handle owner = CALL(GET_TEXT_OBJECT, Handle (*)(Handle, int))(text, i);
        if (owner == NULL) { /* a blank or line end that pdfium put in */
            last = NULL;
            continue;
        }
        if (owner != last) {
            uint64_t key = (uint64_t)(uintptr_t)owner;
            int32_t *place = find(owners, objects, &key, sizeof key);
            if (*place == 0) {
                Object *object = next_row(objects);
                if (object == NULL)
                    return 0;
                object->handle = key;
                *place = (int32_t)objects->used;
                if (!take_object(text, i, owner, object, styles, known))
                    return 0;
            }
            number = *place - 1;
            last = owner;
        }
        Glyph *glyph = next_row(glyphs);
        if (glyph == NULL)
            return 0;
        Object *object = (Object *)objects->data + number;
        glyph->source = number;
        glyph->code = CALL(GET_UNICODE, unsigned (*)(Handle, int))(text, i);
        if (object->upright)
            CALL(GET_LOOSE_BOX, int (*)(Handle, int, float *))(text, i, glyph->box);
        else
            take_turned(text, i, glyph->box);
        if (glyph->code > 126 || glyph->code < 32)
            object->unmapped += CALL(IS_UNMAPPED, int (*)(Handle, int))(text, i) == 1;
    }
    return 1;
}

static PyObject *glyphs(PyObject *module, PyObject *args)
{
    unsigned long long text;
    int count;
    if (!PyArg_ParseTuple(args, "Ki", &text, &count))
        return NULL;
    if (!bound || text == 0 || count < 0) {
        PyErr_SetString(PyExc_ValueError, "no text page, or pdfium is not bound");
        return NULL;
    }
    Rows found = {NULL, sizeof(Glyph), 0, 0}, objects = {NULL, sizeof(Object), 0, 0}, styles = {NULL, sizeof(Style), 0, 0};
    Index owners = {NULL, 0}, known = {NULL, 0};
    PyObject *result = NULL;
    /* There are no more objects than glyphs, and no more styles than objects. */
    if (!open_index(&owners, (size_t)count) || !open_index(&known, (size_t)count)
        || !take_glyphs((Handle)(uintptr_t)text, count, &found, &objects, &styles, &owners, &known))
        PyErr_NoMemory();
    else
        result = Py_BuildValue("NNN", as_bytes(&found), as_bytes(&objects), as_bytes(&styles));
    PyMem_Free(found.data);
    PyMem_Free(objects.data);
    PyMem_Free(styles.data);
    PyMem_Free(owners.at);
    PyMem_Free(known.at);
    return result;
}

/* --- paths --------------------------------------------------------------------------------------------------------- */

enum { PATH = 2, IMAGE = 3, FORM = 5 }; /* FPDF_PAGEOBJ_... */

typedef struct {
    double box[4];
    int32_t kind, fill, stroke, points;
    uint32_t line_colour, fill_colour;
} Piece;

typedef struct {
    double x, y;
    int32_t kind, closed;
} Point;

typedef struct {
    Rows pieces, points;
    double thin;
    long left, most_segments, most_points;
    int deepest;
} Walk;

typedef struct {
    double a, b, c, d, e, f;
} Matrix;

static Matrix matrix_of(Handle item, int *told)
{
    float m[6] = {0};
    *told = CALL(GET_MATRIX, int (*)(Handle, float *))(item, m);
    Matrix matrix = {m[0], m[1], m[2], m[3], m[4], m[5]};
    return matrix;
}

static Matrix times(Matrix m, Matrix n)
{
    Matrix product = {
        m.a * n.a + m.b * n.c, m.a * n.b + m.b * n.d, m.c * n.a + m.d * n.c, m.c * n.b + m.d * n.d,
        m.e * n.a + m.f * n.c + n.e, m.e * n.b + m.f * n.d + n.f,
    };
    return product;
}

static void take_box(Handle item, const Matrix *outer, double *box)
{
    float f[4] = {0};
    CALL(GET_BOUNDS, int (*)(Handle, float *, float *, float *, float *))(item, f, f + 1, f + 2, f + 3);
    if (outer == NULL) {
        for (int k = 0; k < 4; k++)
            box[k] = f[k];
        return;
    }
    for (int k = 0; k < 4; k++) {
        double px = f[k < 2 ? 0 : 2], py = f[k % 2 ? 3 : 1];
        double x = outer->a * px + outer->c * py + outer->e, y = outer->b * px + outer->d * py + outer->f;
        if (k == 0 || x < box[0])
            box[0] = x;
        if (k == 0 || y < box[1])
            box[1] = y;
        if (k == 0 || x > box[2])
            box[2] = x;
        if (k == 0 || y > box[3])
            box[3] = y;
    }
}

static uint32_t colour_of(Handle item, int which)
{
    unsigned c[4] = {0};
    if (!CALL(which, ColourOf)(item, c, c + 1, c + 2, c + 3))
        return packed(0, 0, 0, 255);
    return packed(c[0], c[1], c[2], c[3]);
}

static int take_points(Walk *walk, Handle item, long count, const Matrix *outer)
{
    static const Matrix same = {1, 0, 0, 1, 0, 0};
    int told;
    Matrix own = matrix_of(item, &told), to_page = times(told ? own : same, outer ? *outer : same);
    for (long k = 0; k < count; k++) {
        float x = 0, y = 0;
        Point *point = next_row(&walk->points);
        if (point == NULL)
            return 0;
        Handle segment = CALL(GET_SEGMENT, Handle (*)(Handle, int))(item, (int)k);
        point->kind = CALL(GET_SEGMENT_TYPE, OfHandle)(segment);
        CALL(GET_POINT, int (*)(Handle, float *, float *))(segment, &x, &y);
        point->x = to_page.a * x + to_page.c * y + to_page.e;
        point->y = to_page.b * x + to_page.d * y + to_page.f;
        point->closed = CALL(GET_CLOSE, OfHandle)(segment) != 0;
    }
    return 1;
}

static int take_item(Walk *walk, Handle item, int kind, const Matrix *outer)
{
    int fill = 0, stroke = 0;
    if (kind == PATH) {
        CALL(GET_DRAW_MODE, int (*)(Handle, int *, int *))(item, &fill, &stroke);
        if (!fill && !stroke) /* a clipping path */
            return 1;
    }
    Piece *piece = next_row(&walk->pieces);
    if (piece == NULL)
        return 0;
    piece->kind = kind;
    piece->fill = fill;
    piece->stroke = stroke;
    take_box(item, outer, piece->box);
    if (kind != PATH)
        return 1;
    piece->fill_colour = colour_of(item, GET_FILL);
    piece->line_colour = stroke ? colour_of(item, GET_STROKE) : piece->fill_colour;
    double width = piece->box[2] - piece->box[0], height = piece->box[3] - piece->box[1];
    if ((height < width ? height : width) <= walk->thin)
        return 1;
    long count = CALL(COUNT_SEGMENTS, OfHandle)(item);
    if (count <= 0 || count > walk->most_segments || (long)walk->points.used + count > walk->most_points)
        return 1;
    piece->points = (int32_t)count;
    return take_points(walk, item, count, outer);
}

static int take_all(Walk *walk, Handle owner, int depth, const Matrix *outer)
{
    int count = CALL(depth ? COUNT_INNER : COUNT_OBJECTS, OfHandle)(owner);
    for (int i = 0; i < count; i++) {
        if (--walk->left < 0)
            return 1;
        Handle item = depth ? CALL(GET_INNER, Handle (*)(Handle, unsigned long))(owner, (unsigned long)i)
                            : CALL(GET_OBJECT, Handle (*)(Handle, int))(owner, i);
        if (item == NULL)
            continue;
        int kind = CALL(GET_TYPE, OfHandle)(item);
        if (kind == FORM && depth < walk->deepest) {
            int told;
            static const Matrix same = {1, 0, 0, 1, 0, 0};
            Matrix inner = times(matrix_of(item, &told), outer ? *outer : same);
            if (!take_all(walk, item, depth + 1, &inner))
                return 0;
        }
        else if ((kind == PATH || kind == IMAGE) && !take_item(walk, item, kind, outer))
            return 0;
    }
    return 1;
}

static PyObject *drawing(PyObject *module, PyObject *args)
{
    unsigned long long page;
    Walk walk;
    memset(&walk, 0, sizeof walk);
    walk.pieces.item = sizeof(Piece);
    walk.points.item = sizeof(Point);
    if (!PyArg_ParseTuple(args, "Kdllli", &page, &walk.thin, &walk.left, &walk.most_segments, &walk.most_points, &walk.deepest))
        return NULL;
    if (!bound || page == 0) {
        PyErr_SetString(PyExc_ValueError, "no page, or pdfium is not bound");
        return NULL;
    }
    PyObject *result = NULL;
    if (!take_all(&walk, (Handle)(uintptr_t)page, 0, NULL))
        PyErr_NoMemory();
    else
        result = Py_BuildValue("NN", as_bytes(&walk.pieces), as_bytes(&walk.points));
    PyMem_Free(walk.pieces.data);
    PyMem_Free(walk.points.data);
    return result;
}

/* --- ruling lines -------------------------------------------------------------------------------------------------- */

static double larger(double a, double b)
{
    return b > a ? b : a;
}

/* Pieces (course, across, start, end), sorted, as whole lines (across, start, end). */
static PyObject *join(PyObject *module, PyObject *args)
{
    Py_buffer view;
    double dash, dash_gap, join_gap, shortest;
    if (!PyArg_ParseTuple(args, "y*dddd", &view, &dash, &dash_gap, &join_gap, &shortest))
        return NULL;
    const double *piece = view.buf;
    Py_ssize_t count = view.len / (Py_ssize_t)(4 * sizeof *piece), used = 0;
    double *lines = PyMem_Malloc(3 * sizeof *lines * (size_t)(count ? count : 1)); /* no more lines than pieces */
    if (lines == NULL) {
        PyBuffer_Release(&view);
        return PyErr_NoMemory();
    }
    double at = 0, begin = 0, finish = 0, weight = 0;
    for (Py_ssize_t k = 0; k <= count; k++, piece += 4) {
        double length = 0;
        if (k < count) {
            length = larger(piece[3] - piece[2], 0.1);
            double gap = piece[3] - piece[2] < dash ? dash_gap : join_gap;
            if (k > 0 && piece[0] == piece[-4] && piece[2] - finish <= gap) {
                at = (at * weight + piece[1] * length) / (weight + length);
                weight += length;
                finish = larger(finish, piece[3]);
                continue;
            }
        }
        if (k > 0 && finish - begin >= shortest) {
            lines[3 * used] = at;
            lines[3 * used + 1] = begin;
            lines[3 * used++ + 2] = finish;
        }
        if (k < count) {
            at = piece[1];
            begin = piece[2];
            finish = piece[3];
            weight = length;
        }
    }
    PyObject *result = PyBytes_FromStringAndSize((char *)lines, 3 * used * (Py_ssize_t)sizeof *lines);
    PyMem_Free(lines);
    PyBuffer_Release(&view);
    return result;
}

/* --- glyphs on the displayed page ---------------------------------------------------------------------------------- */

/* What glyphs.py makes of a STYLE. */
typedef struct {
    double size;
    int32_t rotation;
    uint8_t bold, italic, hidden, drop;
} Placed;

typedef struct {
    double left, bottom, right, top;
    int turn;
} Sheet;

static void shown(const Sheet *sheet, double x, double y, double *across, double *down)
{
    switch (sheet->turn) {
    case 90: *across = y - sheet->bottom, *down = x - sheet->left; break;
    case 180: *across = sheet->right - x, *down = y - sheet->bottom; break;
    case 270: *across = sheet->top - y, *down = sheet->right - x; break;
    default: *across = x - sheet->left, *down = sheet->top - y;
    }
}

static PyObject *characters(const uint32_t *code, Py_ssize_t count)
{
    const uint16_t one = 1;
    int order = *(const char *)&one ? -1 : 1; /* of the machine's bytes */
    return PyUnicode_DecodeUTF32((const char *)code, 4 * count, NULL, &order);
}

/* What glyphs.py's `_by_columns` does with NumPy. */
static PyObject *place_rows(const Glyph *glyph, Py_ssize_t count, const Object *object, Py_ssize_t objects,
                            const Placed *style, Py_ssize_t styles, const Sheet *sheet)
{
    Py_ssize_t kept = 0;
    long unmapped = 0;
    for (Py_ssize_t k = 0; k < objects; k++) {
        if (object[k].style < 0 || object[k].style >= styles) {
            PyErr_SetString(PyExc_ValueError, "an object without its style");
            return NULL;
        }
        if (!style[object[k].style].drop)
            unmapped += object[k].unmapped;
    }
    for (Py_ssize_t k = 0; k < count; k++) {
        if (glyph[k].source < 0 || glyph[k].source >= objects) {
            PyErr_SetString(PyExc_ValueError, "a glyph without its object");
            return NULL;
        }
        kept += !style[object[glyph[k].source].style].drop;
    }
    uint32_t *code = PyMem_Malloc(sizeof *code * (size_t)(kept ? kept : 1));
    PyObject *numbers = PyBytes_FromStringAndSize(NULL, 4 * kept * (Py_ssize_t)sizeof(double));
    PyObject *wholes = PyBytes_FromStringAndSize(NULL, 2 * kept * (Py_ssize_t)sizeof(int32_t));
    PyObject *marks = PyBytes_FromStringAndSize(NULL, 3 * kept), *text = NULL, *result = NULL;
    if (code == NULL)
        PyErr_NoMemory();
    else if (numbers != NULL && wholes != NULL && marks != NULL) {
        double *number = (double *)PyBytes_AsString(numbers);
        int32_t *whole = (int32_t *)PyBytes_AsString(wholes);
        char *mark = PyBytes_AsString(marks);
        Py_ssize_t i = 0;
        for (Py_ssize_t k = 0; k < count; k++) {
            const Object *owner = object + glyph[k].source;
            const Placed *set = style + owner->style;
            if (set->drop)
                continue;
            const float *box = glyph[k].box;
            double y = owner->upright ? owner->base : box[1], x1, y1;
            shown(sheet, box[0], y, number + i, number + kept + i);
            shown(sheet, box[2], owner->upright ? y : box[3], &x1, &y1);
            number[2 * kept + i] = fabs(set->rotation % 180 == 0 ? x1 - number[i] : y1 - number[kept + i]);
            number[3 * kept + i] = set->size;
            whole[i] = set->rotation;
            whole[kept + i] = glyph[k].source;
            mark[i] = set->bold;
            mark[kept + i] = set->italic;
            mark[2 * kept + i] = set->hidden;
            uint32_t c = glyph[k].code;
            code[i++] = c == 0 || c > 0x10FFFF || (c >= 0xD800 && c < 0xE000) ? 0xFFFD : c;
        }
        text = characters(code, kept);
        if (text != NULL)
            result = Py_BuildValue("OOOOl", text, numbers, wholes, marks, unmapped);
    }
    PyMem_Free(code);
    Py_XDECREF(text);
    Py_XDECREF(numbers);
    Py_XDECREF(wholes);
    Py_XDECREF(marks);
    return result;
}

static PyObject *place(PyObject *module, PyObject *args)
{
    Py_buffer glyph, object, style;
    Sheet sheet;
    if (!PyArg_ParseTuple(args, "y*y*y*ddddi", &glyph, &object, &style, &sheet.left, &sheet.bottom, &sheet.right, &sheet.top,
                          &sheet.turn))
        return NULL;
    PyObject *result = place_rows(glyph.buf, glyph.len / (Py_ssize_t)sizeof(Glyph), object.buf,
                                  object.len / (Py_ssize_t)sizeof(Object), style.buf, style.len / (Py_ssize_t)sizeof(Placed),
                                  &sheet);
    PyBuffer_Release(&glyph);
    PyBuffer_Release(&object);
    PyBuffer_Release(&style);
    return result;
}

/* --- words --------------------------------------------------------------------------------------------------------- */

/* The usual page's words at once: upright letters, none printed twice, no run letter-spaced, no word cut in two by the
   content stream. words.py does the same for every page and says why; where a page may be another one, that is all that is
   told here (NULL without an error), and words.py reads it. */

typedef struct {
    double gap, spaced, touch, ascent, descent;
} Measures;

typedef struct {
    double u0, u1, v, size;
    uint32_t code;
    int32_t source;
    uint8_t bold, italic, after_blank;
} Letter;

typedef struct {
    double u0, u1, v, size;
    Py_ssize_t start, end, order;
    int bold, italic, tight;
} Run;

typedef struct {
    double at, top, bottom;
} Wall;

static double smaller(double a, double b)
{
    return b < a ? b : a;
}

/* Sorts places by `u0` and keeps the order of equal ones; for those that nearly are in order: 0 where `patience` ends. */
static int settle(int32_t *place, Py_ssize_t count, const Letter *letter, long *patience)
{
    for (Py_ssize_t k = 1; k < count; k++) {
        int32_t own = place[k];
        Py_ssize_t at = k;
        for (; at > 0 && letter[place[at - 1]].u0 > letter[own].u0; at--) {
            if (--*patience < 0)
                return 0;
            place[at] = place[at - 1];
        }
        place[at] = own;
    }
    return 1;
}

/* Whether two letters alike of two text objects stand on one spot, or that would take too long to tell. */
static int doubled(const Letter *letter, Py_ssize_t count)
{
    double low = letter[0].v, high = low, size = 0;
    for (Py_ssize_t k = 0; k < count; k++) {
        low = smaller(low, letter[k].v);
        high = larger(high, letter[k].v);
        size = larger(size, letter[k].size);
    }
    if (high - low >= 1 << 14 || size >= 1 << 10 || count > INT32_MAX / 2)
        return 1;
    /* Letters by lines of one point: those of line k are place[begin[k]] to place[begin[k + 1] - 1]. */
    Py_ssize_t lines = (Py_ssize_t)(high - low) + 1, reach = (Py_ssize_t)(0.14 * size) + 1;
    int32_t *begin = PyMem_Calloc((size_t)lines + 2, sizeof *begin), *place = PyMem_Malloc((size_t)count * sizeof *place);
    int found = begin == NULL || place == NULL;
    long patience = 64 * (long)count + 4096;
    if (!found) {
        for (Py_ssize_t k = 0; k < count; k++)
            begin[(Py_ssize_t)(letter[k].v - low) + 2]++;
        for (Py_ssize_t k = 2; k <= lines + 1; k++)
            begin[k] += begin[k - 1];
        for (Py_ssize_t k = 0; k < count; k++)
            place[begin[(Py_ssize_t)(letter[k].v - low) + 1]++] = (int32_t)k;
    }
    for (Py_ssize_t line = 0; line < lines && !found; line++)
        found = !settle(place + begin[line], begin[line + 1] - begin[line], letter, &patience);
    for (Py_ssize_t line = 0; line < lines && !found; line++)
        for (Py_ssize_t other = line; other <= line + reach && other < lines && !found; other++) {
            int32_t first = begin[other];
            for (int32_t k = begin[line]; k < begin[line + 1] && !found && first < begin[other + 1]; k++) {
                const Letter *one = letter + place[k];
                if (other == line)
                    first = k + 1;
                while (first < begin[other + 1] && letter[place[first]].u0 <= one->u0 - 1.2)
                    first++;
                for (int32_t n = first; n < begin[other + 1] && letter[place[n]].u0 < one->u0 + 1.2 && !found; n++) {
                    const Letter *its = letter + place[n];
                    found = (its->code == one->code && its->source != one->source) || --patience < 0;
                }
            }
        }
    PyMem_Free(begin);
    PyMem_Free(place);
    return found;
}

/* Whether a wall stands between two neighbours: 0, 1, or -1 where their letters have to be looked at. */
static int walled(const Wall *wall, Py_ssize_t walls, Py_ssize_t *near, const Letter *one, const Letter *next, double gap)
{
    double slack = 0.12 * one->size, y = one->v - 0.3 * one->size;
    double low = smaller(one->u1, next->u0) - slack, high = larger(one->u1, next->u0) + slack;
    Py_ssize_t first = *near, after = walls;
    if ((first > 0 && wall[first - 1].at >= low) || (first < walls && wall[first].at < low)) {
        for (first = 0; first < after;) { /* the first wall not before `low` */
            Py_ssize_t half = first + (after - first) / 2;
            if (wall[half].at < low)
                first = half + 1;
            else
                after = half;
        }
        *near = first;
    }
    for (; first < walls && wall[first].at < high; first++)
        if (wall[first].bottom - wall[first].top > one->size && wall[first].top <= y && y <= wall[first].bottom)
            return one->source != next->source || gap > 0.05 ? 1 : -1;
    return 0;
}

/* Cuts letters to runs; gives how many, or -1 where the page is another than the usual one. */
static Py_ssize_t cut(const Letter *letter, Py_ssize_t count, const Wall *wall, Py_ssize_t walls, int blank_after,
                      const Measures *measures, Run *run)
{
    Py_ssize_t runs = 0, start = 0, inside = 0, wide = 0, near = 0;
    for (Py_ssize_t k = 0; k < count; k++) {
        const Letter *one = letter + k, *next = one + 1;
        int last = k + 1 == count, new = 1, jump = 1;
        if (!last) {
            double em = larger(smaller(next->size, one->size), 0.1), gap = (next->u0 - one->u1) / em;
            jump = fabs(next->v - one->v) > 0.3 * em || gap < -0.6 || gap > 1.3 || next->size > 1.8 * em
                || one->size > 1.8 * em;
            new = jump || next->after_blank || gap > measures->gap;
            if (!jump) {
                inside++;
                wide += gap > measures->spaced;
            }
            if (!new && walls) {
                new = walled(wall, walls, &near, one, next, gap);
                if (new < 0)
                    return -1;
            }
        }
        if (jump) {
            if (inside >= 3 && (double)wide >= 0.7 * (double)inside)
                return -1; /* letter-spaced */
            inside = wide = 0;
        }
        if (!new)
            continue;
        Run *word = run + runs++;
        Py_ssize_t bold = 0, italic = 0;
        word->u0 = letter[start].u0;
        word->u1 = letter[start].u1;
        word->v = letter[start].v;
        word->size = letter[start].size;
        for (Py_ssize_t i = start; i <= k; i++) {
            word->u0 = smaller(word->u0, letter[i].u0);
            word->u1 = larger(word->u1, letter[i].u1);
            word->size = larger(word->size, letter[i].size);
            bold += letter[i].bold;
            italic += letter[i].italic;
        }
        word->start = start;
        word->end = k + 1;
        word->order = runs;
        word->bold = 2 * bold > k + 1 - start;
        word->italic = 2 * italic > k + 1 - start;
        word->tight = last ? !blank_after : !next->after_blank;
        start = k + 1;
    }
    return runs;
}

static int by_height(const void *a, const void *b)
{
    const Run *one = a, *other = b;
    if (one->v != other->v)
        return one->v < other->v ? -1 : 1;
    if (one->u0 != other->u0)
        return one->u0 < other->u0 ? -1 : 1;
    return one->order < other->order ? -1 : 1;
}

static int by_place(const void *a, const void *b)
{
    const Run *one = a, *other = b;
    if (one->u0 != other->u0)
        return one->u0 < other->u0 ? -1 : 1;
    return one->order < other->order ? -1 : 1;
}

/* Puts runs in order, those on one line after each other; whether none goes on where the one before it ends. */
static int in_order(Run *run, Py_ssize_t runs, double touch)
{
    if (runs < 2)
        return 1;
    qsort(run, (size_t)runs, sizeof *run, by_height);
    for (Py_ssize_t first = 0, after; first < runs; first = after) {
        int settled = 1;
        run[first].order = first;
        for (after = first + 1; after < runs && run[after].v - run[first].v <= 0.2 * run[after].size; after++) {
            run[after].order = after;
            settled &= run[after].u0 >= run[after - 1].u0;
        }
        if (!settled)
            qsort(run + first, (size_t)(after - first), sizeof *run, by_place);
    }
    for (Py_ssize_t k = 0; k + 1 < runs; k++) {
        const Run *one = run + k, *next = one + 1;
        double em = smaller(one->size, next->size), away = next->u0 - one->u1;
        if (one->tight && fabs(one->v - next->v) <= 0.2 * em && -0.25 * em < away && away < touch * em)
            return 0;
    }
    return 1;
}

/* The last type sizes to two places, as Python's `round` gives them: on a page they are few. */
typedef struct {
    double exact[8];
    PyObject *rounded[8];
    int used, next;
} Sizes;

static PyObject *rounded(Sizes *sizes, double exact)
{
    int k = 0;
    while (k < sizes->used && sizes->exact[k] != exact)
        k++;
    if (k == sizes->used) {
        PyObject *number = PyFloat_FromDouble(exact), *held = NULL;
        if (number != NULL)
            held = PyObject_CallMethod(number, "__round__", "i", 2);
        Py_XDECREF(number);
        if (held == NULL)
            return NULL;
        if (k == 8) {
            k = sizes->next++ % 8;
            Py_DECREF(sizes->rounded[k]);
        }
        else
            sizes->used++;
        sizes->exact[k] = exact;
        sizes->rounded[k] = held;
    }
    Py_INCREF(sizes->rounded[k]);
    return sizes->rounded[k];
}

/* (texts, x0, top, x1, bottom, size to two places, bold, italic), each a list. */
static PyObject *as_columns(PyObject *text, const Run *run, Py_ssize_t runs, const Measures *measures)
{
    PyObject *column[8] = {NULL}, *result = NULL;
    Sizes sizes = {{0}, {NULL}, 0, 0};
    int failed = 0;
    for (int c = 0; c < 8; c++)
        failed |= (column[c] = PyList_New(runs)) == NULL;
    for (Py_ssize_t k = 0; k < runs && !failed; k++) {
        const Run *word = run + k;
        PyObject *held[8] = {
            PyUnicode_Substring(text, word->start, word->end),
            PyFloat_FromDouble(word->u0),
            PyFloat_FromDouble(word->v - measures->ascent * word->size),
            PyFloat_FromDouble(word->u1),
            PyFloat_FromDouble(word->v + measures->descent * word->size),
            rounded(&sizes, word->size),
            PyBool_FromLong(word->bold),
            PyBool_FromLong(word->italic),
        };
        for (int c = 0; c < 8; c++) /* takes what is held, all of it in any case */
            failed |= held[c] == NULL || PyList_SetItem(column[c], k, held[c]) < 0;
    }
    if (!failed)
        result = Py_BuildValue("OOOOOOOO", column[0], column[1], column[2], column[3], column[4], column[5], column[6], column[7]);
    for (int c = 0; c < 8; c++)
        Py_XDECREF(column[c]);
    for (int k = 0; k < sizes.used; k++)
        Py_DECREF(sizes.rounded[k]);
    return result;
}

enum { CODE, ACROSS, DOWN, ADVANCE, SIZE, ROTATION, OWNER, BOLD, ITALIC, HIDDEN, WALLS, BLANKS, N_COLUMNS };

/* The letters that stand on the page, blanks left out; how many, or -1 where the page is another than the usual one. */
static Py_ssize_t take_letters(const Py_buffer *column, Py_ssize_t count, double width, double height, Letter *letter,
                               int *blank_after)
{
    const uint32_t *code = column[CODE].buf;
    const double *x = column[ACROSS].buf, *y = column[DOWN].buf, *advance = column[ADVANCE].buf, *size = column[SIZE].buf;
    const int32_t *rotation = column[ROTATION].buf, *source = column[OWNER].buf;
    const uint8_t *bold = column[BOLD].buf, *italic = column[ITALIC].buf, *hidden = column[HIDDEN].buf, *blank = column[BLANKS].buf;
    Py_ssize_t unseen = 0, used = 0;
    for (Py_ssize_t k = 0; k < count; k++)
        unseen += hidden[k];
    int parted = 1;
    for (Py_ssize_t k = 0; k < count; k++) {
        if (!(x[k] > -2 && x[k] < width + 2 && y[k] > -2 && y[k] < height + 2) || (hidden[k] && unseen < count))
            continue;
        if (rotation[k] != 0 || !isfinite(x[k]) || !isfinite(y[k]) || !isfinite(advance[k]) || !isfinite(size[k]))
            return -1;
        if (blank[code[k] < 0xFFFF ? code[k] : 0xFFFF]) {
            parted = 1;
            continue;
        }
        Letter one = {x[k], x[k] + advance[k], y[k], size[k], code[k], source[k], bold[k], italic[k], (uint8_t)parted};
        letter[used++] = one;
        parted = 0;
    }
    *blank_after = parted;
    return used;
}

static PyObject *read_letters(const Py_buffer *column, Py_ssize_t count, double width, double height, const Measures *measures)
{
    Letter *letter = PyMem_Malloc(sizeof *letter * (size_t)(count ? count : 1));
    uint32_t *code = PyMem_Malloc(sizeof *code * (size_t)(count ? count : 1));
    Run *run = NULL;
    PyObject *result = NULL, *text = NULL;
    int blank_after = 0;
    if (letter == NULL || code == NULL)
        PyErr_NoMemory();
    else {
        Py_ssize_t letters = take_letters(column, count, width, height, letter, &blank_after), runs = -1;
        if (letters > 0 && !doubled(letter, letters)) {
            run = PyMem_Malloc(sizeof *run * (size_t)letters);
            if (run == NULL)
                PyErr_NoMemory();
            else
                runs = cut(letter, letters, column[WALLS].buf, column[WALLS].len / (Py_ssize_t)sizeof(Wall), blank_after,
                           measures, run);
        }
        if (runs > 0 && in_order(run, runs, measures->touch)) {
            for (Py_ssize_t k = 0; k < letters; k++)
                code[k] = letter[k].code;
            text = characters(code, letters);
            if (text != NULL)
                result = as_columns(text, run, runs, measures);
        }
    }
    Py_XDECREF(text);
    PyMem_Free(letter);
    PyMem_Free(code);
    PyMem_Free(run);
    return result;
}

static PyObject *words(PyObject *module, PyObject *args)
{
    static const Py_ssize_t item[BLANKS] = {4, 8, 8, 8, 8, 4, 4, 1, 1, 1, 0};
    Py_buffer column[N_COLUMNS];
    double width, height;
    Measures measures;
    if (!PyArg_ParseTuple(args, "y*y*y*y*y*y*y*y*y*y*y*y*ddddddd", column, column + 1, column + 2, column + 3, column + 4,
                          column + 5, column + 6, column + 7, column + 8, column + 9, column + 10, column + 11, &width, &height,
                          &measures.gap, &measures.spaced, &measures.touch, &measures.ascent, &measures.descent))
        return NULL;
    Py_ssize_t count = column[CODE].len / 4;
    int even = column[BLANKS].len == 0x10000 && column[WALLS].len % (Py_ssize_t)sizeof(Wall) == 0;
    for (int c = 0; c < WALLS; c++)
        even &= column[c].len == count * item[c];
    PyObject *result = NULL;
    if (even)
        result = read_letters(column, count, width, height, &measures);
    else
        PyErr_SetString(PyExc_ValueError, "columns of different lengths");
    for (int c = 0; c < N_COLUMNS; c++)
        PyBuffer_Release(column + c);
    if (result == NULL && !PyErr_Occurred())
        Py_RETURN_NONE;
    return result;
}

/* --- the module ---------------------------------------------------------------------------------------------------- */

static PyObject *bind(PyObject *module, PyObject *args)
{
    PyObject *addresses;
    if (!PyArg_ParseTuple(args, "O!", &PyTuple_Type, &addresses))
        return NULL;
    if (PyTuple_Size(addresses) != N_FUNCTIONS) {
        PyErr_SetString(PyExc_ValueError, "an address for each of FUNCTIONS is needed");
        return NULL;
    }
    bound = 0;
    for (int k = 0; k < N_FUNCTIONS; k++) {
        function[k] = PyLong_AsVoidPtr(PyTuple_GetItem(addresses, k));
        if (function[k] == NULL) {
            if (!PyErr_Occurred())
                PyErr_Format(PyExc_ValueError, "no address of %s", NAMES[k]);
            return NULL;
        }
    }
    bound = 1;
    Py_RETURN_NONE;
}

static PyMethodDef methods[] = {
    {"bind", bind, METH_VARARGS, "bind(addresses): where pdfium's functions are, in the order of FUNCTIONS."},
    {"glyphs", glyphs, METH_VARARGS, "glyphs(text, count): records of a text page's glyphs, objects and styles."},
    {"drawing", drawing, METH_VARARGS,
     "drawing(page, thin, objects, segments, points, depth): records of a page's paths and pictures, and paths' points."},
    {"join", join, METH_VARARGS, "join(pieces, dash, dash_gap, join_gap, shortest): sorted pieces as whole lines."},
    {"place", place, METH_VARARGS,
     "place(glyphs, objects, styles, left, bottom, right, top, turn): a page's glyphs as columns, and how many are unmapped."},
    {"words", words, METH_VARARGS,
     "words(code, across, down, advance, size, rotation, source, bold, italic, hidden, walls, blanks, width, height, gap, "
     "spaced, touch, ascent, descent): the usual page's words as columns; None of another page."},
    {NULL, NULL, 0, NULL},
};

static int fill_module(PyObject *module)
{
    PyObject *names = PyTuple_New(N_FUNCTIONS);
    for (int k = 0; names != NULL && k < N_FUNCTIONS; k++) {
        PyObject *name = PyUnicode_FromString(NAMES[k]);
        if (name == NULL || PyTuple_SetItem(names, k, name) < 0)
            Py_CLEAR(names);
    }
    int wrong = names == NULL || PyModule_AddObjectRef(module, "FUNCTIONS", names) < 0
        || PyModule_AddStringConstant(module, "SOURCE", SOURCE) < 0;
    Py_XDECREF(names);
    return wrong ? -1 : 0;
}

static PyModuleDef_Slot slots[] = {{Py_mod_exec, fill_module}, {0, NULL}};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT, "_native", "A page's glyphs and paths, gathered from pdfium in one call each.", 0, methods, slots,
    NULL, NULL, NULL,
};

PyMODINIT_FUNC PyInit__native(void)
{
    return PyModuleDef_Init(&definition);
}
