/* What pdfium tells of a page's glyphs and paths, gathered in one call each; and pieces of lines joined.

   The same is done, call by call, in bycall.py, which stands in where this could not be compiled; a test holds that both
   give the same rows. Nothing is judged here: records go back as bytes, laid out as records.py's GLYPH, OBJECT, STYLE,
   PIECE and POINT say, and all limits are given by the caller. pdfium itself is not linked: `bind` takes the addresses of
   its functions, in the order of `FUNCTIONS`, from the library that Python has loaded. */

#define Py_LIMITED_API 0x030B0000
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdint.h>
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

static int take_object(Handle text, int i, Handle handle, Object *object, Rows *styles, Index *known)
{
    float m[6] = {0}, box[4] = {0};
    double origin[2] = {0};
    unsigned c[4] = {0};
    Style style;
    memset(&style, 0, sizeof style);
    CALL(GET_TEXT_MATRIX, int (*)(Handle, int, float *))(text, i, m);
    memcpy(style.matrix, m, sizeof style.matrix);
    CALL(GET_FONT_SIZE, int (*)(Handle, float *))(handle, &style.size);
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
